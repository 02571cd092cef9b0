/// The bodies that X takes: only what both the document of 2026-08-05 (2.166) and that of 2026-08-22 (2.167) allow.
///
/// A test compares them with both, member by member. Direct messages are not part of this world.
enum XBodies {
    private static let replySettings = XSchema.oneOf(["following", "mentionedUsers", "subscribers", "verified"])
    private static let address = XSchema.object(["url": .text()], required: ["url"])

    /// `POST /2/tweets`.
    static let post = XSchema.object([
        "text": .text(), "media": media, "poll": poll, "reply": reply, "quote_tweet_id": .id,
        "reply_settings": replySettings, "geo": .object(["place_id": .text()], required: ["place_id"]),
        "community_id": .id, "share_with_followers": .boolean, "for_super_followers_only": .boolean,
        "direct_message_deep_link": .text(), "card_uri": .text(), "nullcast": .boolean, "made_with_ai": .boolean,
        "paid_partnership": .boolean,
        "edit_options": .object(["previous_post_id": .id], required: ["previous_post_id"]),
    ])

    private static let media = XSchema.object(
        [
            "media_ids": .list(.id, 1...4), "tagged_user_ids": .list(.id, 0...10), "title": .text(),
            "description": .text(), "preview_media_id": .id, "embeddable": .boolean,
            "call_to_actions": .object([
                "visit_site": address, "watch_now": address,
                "app_install": .object([
                    "app_store_id": .text(), "ipad_app_store_id": .text(), "play_store_id": .text(),
                ]),
            ]),
        ], required: ["media_ids"])

    private static let poll = XSchema.object(
        [
            "options": .list(.text(XText(lengths: 1...25)), 2...4), "duration_minutes": .integer(5...10_080),
            "reply_settings": replySettings,
        ], required: ["options", "duration_minutes"])

    private static let reply = XSchema.object(
        [
            "in_reply_to_tweet_id": .id, "exclude_reply_user_ids": .list(.id), "auto_populate_reply_metadata": .boolean,
        ], required: ["in_reply_to_tweet_id"])

    /// `POST /2/media/upload` as JSON, the bytes in base 64; the form has the same names.
    ///
    /// Both documents agree on no more than this: `additional_owners` is a list in one and a text in the other.
    static let oneShot = XSchema.object(
        ["media": .text(), "media_category": .oneOf(oneShotCategories)], required: ["media", "media_category"])
    static let oneShotCategories = ["tweet_image", "subtitles"]

    /// `POST /2/media/upload/initialize`.
    static let initialize = XSchema.object(
        [
            "media_type": .oneOf(mediaTypes), "media_category": .oneOf(categories),
            "total_bytes": .integer(0...17_179_869_184), "additional_owners": .list(.id), "shared": .boolean,
        ], required: ["media_type", "media_category", "total_bytes"])
    static let categories = ["amplify_video", "tweet_gif", "tweet_image", "tweet_video", "subtitles"]
    static let mediaTypes = [
        "video/mp4", "video/quicktime", "text/srt", "text/vtt", "image/jpeg", "image/pjpeg", "image/gif", "image/png",
        "image/webp",
    ]

    /// `POST /2/media/upload/{id}/append` as JSON.
    static let append = XSchema.object(
        ["media": .text(), "segment_index": .integer(0...999)], required: ["media", "segment_index"])

    /// `POST /2/media/metadata`.
    static let metadata = XSchema.object(["id": .id, "metadata": details], required: ["id"])

    private static let details = XSchema.object([
        "alt_text": .object(["text": .text(XText(lengths: 0...1000))], required: ["text"]),
        "allow_download_status": .object(["allow_download": .boolean]),
        "sensitive_media_warning": .object([
            "adult_content": .boolean, "graphic_violence": .boolean, "other": .boolean,
        ]),
        "content_expiration": .object(["timestamp_sec": .number], required: ["timestamp_sec"]),
        "domain_restrictions": .object(["whitelist": .list(.text())], required: ["whitelist"]),
        "found_media_origin": .object(["id": .text(), "provider": .text()], required: ["id", "provider"]),
        "management_info": .object(["managed": .boolean], required: ["managed"]),
        "shared_info": .object(["shared": .boolean], required: ["shared"]),
        "upload_source": .object(["upload_source": .text()], required: ["upload_source"]),
        "preview_image": .object(
            ["media_key": .object(["media": .id, "media_category": .oneOf(["TweetImage"])])], required: ["media_key"]),
    ])

    private static let videoCategory = XSchema.oneOf(["AmplifyVideo", "TweetVideo"])

    /// `POST /2/media/subtitles`; without one of these members there would be nothing to do.
    static let subtitles = XSchema.object(
        [
            "id": .id, "media_category": videoCategory,
            "subtitles": .object(
                ["id": .id, "language_code": .text(XText(pattern: .language)), "display_name": .text()],
                required: ["id", "language_code"]),
        ], required: ["id", "media_category", "subtitles"])

    /// `DELETE /2/media/subtitles`.
    static let subtitlesGone = XSchema.object(
        ["id": .id, "media_category": videoCategory, "language_code": .text(XText(pattern: .language))],
        required: ["id", "media_category", "language_code"])

    /// The body, when it is JSON of that shape.
    static func read(_ call: Call, _ schema: XSchema) throws(Refusal) -> Value {
        guard call.contentType == "application/json" else {
            throw XErrors.invalid("Content-Type must be application/json")
        }
        guard let value = Value(json: call.body) else { throw XErrors.invalid("The body is not well-formed JSON.") }
        try schema.check(value)
        return value
    }
}
