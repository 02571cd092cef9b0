/// A post of one account or several, due an hour before noon.
func post(_ accounts: String, _ text: String, at schedule: String = "2026-12-01T08:00:00Z", _ more: String = "")
    -> String
{
    "---\nschedule: \(schedule)\naccounts: [\(accounts)]\n\(more)---\n\(text)\n"
}

/// The front matter of a picture, which Instagram needs.
let picture = "media: [{path: media/bicycle.jpg, alt: A red bicycle}]\n"
