/// A post as planning needs it: out of its front matter alone, made for every file of a repository.
/// The words and media of one delivery are a `Content`, read only when it is due.
package struct Post: Sendable, Hashable {
    /// When a post, or one of its deliveries, is to go out.
    package enum Schedule: Sendable, Hashable {
        case at(Instant)
        /// At the time of the commit that last changed the file.
        case now
    }

    /// One account the post goes to, with overrides applied.
    package struct Target: Sendable, Hashable {
        package var account: AccountID
        /// nil: never by itself.
        package var schedule: Schedule?

        package init(account: AccountID, schedule: Schedule?) {
            self.account = account
            self.schedule = schedule
        }
    }

    /// Path from the top of the git repository, as the reader was given it.
    package var path: String
    package var title: String?
    /// Only filled by a reader that was told to keep tags; analytics report by them.
    package var tags: [String] = []
    /// `draft: true` or `published: false`: never published.
    package var isDraft = false
    /// nil: never by itself. What counts for a delivery is its target's.
    package var schedule: Schedule?
    /// Not published after this.
    package var expires: Instant?
    /// `repeat: true`: the same words may go out again within 7 days.
    package var repeats = false
    /// The accounts as a set in first-seen order: groups expanded, skipped ones left out.
    package var targets: [Target] = []
    /// A local time was read as UTC because neither the post nor socials.yml names a zone.
    package var assumesUTC = false
    /// Everything wrong in the front matter, in order of place.
    package var diagnostics: [Diagnostic] = []
    /// Whether an error is among the diagnostics: nothing of the post is published.
    package var isInvalid = false

    package init(path: String) { self.path = path }
}
