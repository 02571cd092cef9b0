import JSON
import Posts

/// Which of a user's posts is a step that was sent without an answer. Pure.
enum XFinding {
    static func finding(
        _ step: Step, draft: XDraft?, after earlier: [Receipt], since start: Instant, among posts: [JSON]
    ) -> Finding {
        let known = Set(earlier.map(\.id))
        let (parent, quoted) = (XPost.parent(of: step, after: earlier), step.options["quoteTweetId"])
        let hasPoll = step.options["poll.options"] != nil
        let candidates = posts.compactMap(XListedPost.init).filter { row in
            !known.contains(row.id) && row.created.map { $0 >= start - XRules.clockSkew } ?? true
                && row.parent == parent && (quoted == nil || row.quoted == quoted) && row.hasPoll == hasPoll
        }
        let uploads = Set(draft?.media.map(\.id) ?? [])
        let shown = candidates.filter { !uploads.isDisjoint(with: $0.uploads) }
        let words = XListedPost.comparable(step.text)
        let same = candidates.filter { $0.has(words) && $0.hasMedia == !step.media.isEmpty }
        // Without words a picture by itself says nothing of which post it is.
        if shown.isEmpty, words.isEmpty { return same.isEmpty || !uploads.isEmpty ? absent(step) : .unclear }
        let matches = shown.isEmpty ? same : shown
        guard let match = matches.first else {
            return candidates.contains { $0.mayBegin(words) } ? .unclear : absent(step)
        }
        guard matches.count == 1 else { return .unclear }
        var receipt = XPost.receipt(match.id, near: start, found: .recovered)
        if let created = match.created { receipt.publishedAt = created }
        return .published(receipt)
    }

    /// Not everything stands in the user's timeline: what is shown to few may be live and not be listed.
    private static func absent(_ step: Step) -> Finding {
        let isHidden = step.options["nullcast"] == "true"
        let isElsewhere = step.options["communityId"] != nil && step.options["shareWithFollowers"] != "true"
        return isHidden || isElsewhere ? .unclear : .absent
    }
}
