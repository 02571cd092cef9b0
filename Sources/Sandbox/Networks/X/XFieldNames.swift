/// Field names that X knows, by the two documents: of 2026-08-05 (before the rename) and of 2026-08-22 (after it).
///
/// The later document names `author_id`, `in_reply_to_user_id`, `referenced_posts` and `edit_history_post_ids` among
/// the expansions only. With `both` the renamed fields are known too, as the change log has them.
enum XFieldNames {
    static func user(_ names: XNames) -> Set<String> { pick(names, userBefore, userAfter) }
    static func post(_ names: XNames) -> Set<String> {
        pick(names, postBefore, postAfter).union(
            names == .both ? ["referenced_posts", "edit_history_post_ids"] : [])
    }
    static func expansions(_ names: XNames) -> Set<String> { pick(names, expansionsBefore, expansionsAfter) }

    static let media: Set = [
        "alt_text", "duration_ms", "height", "media_key", "non_public_metrics", "organic_metrics", "preview_image_url",
        "promoted_metrics", "public_metrics", "type", "url", "variants", "width",
    ]
    static let poll: Set = ["duration_minutes", "end_datetime", "id", "options", "voting_status"]
    static let place: Set = [
        "contained_within", "country", "country_code", "full_name", "geo", "id", "name", "place_type",
    ]

    /// Parameters with fields of posts, as the server reads them.
    static func parameters(_ names: XNames) -> Set<String> {
        let renamed: Set<String> =
            switch names {
            case .both: ["tweet.fields", "post.fields"]
            case .before: ["tweet.fields"]
            case .after: ["post.fields"]
            }
        return renamed.union(["expansions", "media.fields", "user.fields", "poll.fields", "place.fields"])
    }

    private static func pick(_ names: XNames, _ before: Set<String>, _ after: Set<String>) -> Set<String> {
        switch names {
        case .both: before.union(after)
        case .before: before
        case .after: after
        }
    }

    private static let userCommon: Set = [
        "confirmed_email", "connection_status", "created_at", "description", "entities", "id", "is_identity_verified",
        "location", "name", "parody", "profile_banner_url", "profile_image_url", "protected", "public_metrics",
        "receives_your_dm", "subscription", "subscription_type", "url", "username", "verified",
        "verified_followers_count", "verified_type", "withheld",
    ]
    private static let userBefore = userCommon.union(["affiliation", "most_recent_tweet_id", "pinned_tweet_id"])
    private static let userAfter = userCommon.union(["subscribes_to_you"])

    private static let postCommon: Set = [
        "article", "attachments", "card_uri", "community_id", "context_annotations", "conversation_id", "created_at",
        "display_text_range", "edit_controls", "entities", "geo", "id", "lang", "matched_media_notes",
        "media_metadata", "non_public_metrics", "note_request_suggestions", "organic_metrics", "paid_partnership",
        "possibly_sensitive", "promoted_metrics", "public_metrics", "reply_settings", "scopes", "source",
        "suggested_source_links", "suggested_source_links_with_counts", "text", "withheld",
    ]
    private static let postBefore = postCommon.union([
        "author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "note_tweet", "referenced_tweets",
    ])
    private static let postAfter = postCommon.union(["article_title", "note_post"])

    private static let expansionsCommon: Set = [
        "article.cover_media", "article.media_entities", "attachments.media_keys", "attachments.media_source_tweet",
        "attachments.poll_ids", "author_id", "entities.mentions.username", "geo.place_id", "in_reply_to_user_id",
    ]
    private static let expansionsBefore = expansionsCommon.union([
        "edit_history_tweet_ids", "entities.note.mentions.username", "referenced_tweets.id",
        "referenced_tweets.id.attachments.media_keys", "referenced_tweets.id.author_id",
    ])
    private static let expansionsAfter = expansionsCommon.union([
        "edit_history_post_ids", "referenced_posts", "username",
    ])
}
