import JSON
import Posts

/// A post as X takes it.
enum XPost {
    static func isReply(_ step: Step) -> Bool {
        switch step.kind {
        case .post: false
        case .reply, .comment: true
        }
    }

    /// What a step replies to: a part of a thread to the part before, a comment to the head.
    static func parent(of step: Step, after earlier: [Receipt]) -> String? {
        switch step.kind {
        case .post: nil
        case .reply: earlier.last?.id
        case .comment: earlier.first?.id
        }
    }

    /// The body of the request that publishes; X refuses keys that it does not know.
    static func body(_ step: Step, draft: XDraft, after earlier: [Receipt]) throws(PlatformFailure) -> JSON {
        var body: JSON = [:]
        if !step.text.isEmpty { body["text"] = JSON(step.text) }
        if !draft.media.isEmpty { body["media"] = media(draft, of: step) }
        if isReply(step) {
            guard let parent = parent(of: step, after: earlier) else {
                throw PlatformFailure(.permanent, code: "x.no-parent", "there is no post to reply to")
            }
            body["reply"] = ["in_reply_to_tweet_id": JSON(parent)]
        }
        for (key, value) in step.options {
            guard let option = XOptionRules.all[key], let value = json(value, option.shape) else { continue }
            body = with(value, at: option.path[...], in: body)
        }
        return body
    }

    private static func media(_ draft: XDraft, of step: Step) -> JSON {
        var media: JSON = ["media_ids": .array(draft.media.map { JSON($0.id) })]
        guard let video = step.media.first, video.info.isVideo else { return media }
        media["title"] = video.reference.title.map { JSON($0) }
        media["preview_media_id"] = draft.media.first?.preview.map { JSON($0) }
        return media
    }

    /// nil: what is not said is left out.
    private static func json(_ value: String, _ shape: XOptionRules.Shape) -> JSON? {
        switch shape {
        case .flag: value == "true" ? true : nil
        case .id, .text, .oneOf: JSON(value)
        case .ids: .array(XOptions.list(value).map { JSON($0) })
        case .choices: .array(XOptions.lines(value).map { JSON($0) })
        case .number: Int(value).map { JSON($0) }
        }
    }

    private static func with(_ value: JSON, at path: ArraySlice<String>, in json: JSON) -> JSON {
        guard let name = path.first else { return value }
        var json = json
        json[name] = with(value, at: path.dropFirst(), in: json[name] ?? [:])
        return json
    }

    /// The receipt of a post; its time is that of its id, if ids have one.
    static func receipt(_ id: String, near now: Instant, found: Receipt.Found = .answered) -> Receipt {
        let moment = moment(ofID: id).flatMap {
            abs(($0 - now).milliseconds) <= XRules.idTolerance.milliseconds ? $0 : nil
        }
        return Receipt(id: id, url: XRules.post + id, publishedAt: moment ?? now, found: found)
    }

    static func moment(ofID id: String) -> Instant? {
        Int64(id).map { Instant(milliseconds: ($0 >> XRules.idShift) + XRules.idEpoch) }
    }

    /// The smallest id of a moment.
    static func firstID(at moment: Instant) -> Int64 {
        max(1, (moment.milliseconds - XRules.idEpoch) << XRules.idShift)
    }
}
