/// The stable name of a kind of mistake, as printed in brackets; `check --explain CODE` tells more.
package enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
    // Reading a file
    case unreadable, notUTF8 = "not-utf8", frontMatterOpen = "front-matter-open", frontMatterSize = "front-matter-size"
    case yamlSyntax = "yaml-syntax", yamlAlias = "yaml-alias", yamlLimit = "yaml-limit", duplicateKey = "duplicate-key"
    case wrongType = "wrong-type", unknownKey = "unknown-key", nearMiss = "near-miss", sameSidecar = "same-sidecar"
    case badSidecar = "bad-sidecar", newerVersion = "newer-version", unusedOverride = "unused-override"
    // Accounts
    case unknownAccount = "unknown-account", unknownGroup = "unknown-group", bareNetwork = "bare-network"
    case groupCycle = "group-cycle", noAccounts = "no-accounts", duplicateAccount = "duplicate-account"
    case sameVariable = "same-variable", secretInFile = "secret-in-file", badAccountName = "bad-account-name"
    // Time
    case badSchedule = "bad-schedule", badZone = "bad-zone", noZone = "no-zone", dateOnly = "date-only"
    case scheduleGap = "schedule-gap", scheduleOverlap = "schedule-overlap", badDuration = "bad-duration"
    case expiresFirst = "expires-first"
    // Words
    case emptyPost = "empty-post", textTooLong = "text-too-long", headingNotBreak = "heading-not-break"
    case shortcode, badLink = "bad-link", tooManyHashtags = "too-many-hashtags"
    case tooManyMentions = "too-many-mentions", tooManyCashtags = "too-many-cashtags", badCharacter = "bad-character"
    case fileNameLink = "file-name-link", badValue = "bad-value", textNesting = "text-nesting"
    case notTogether = "not-together", notShown = "not-shown", needsPlan = "needs-plan"
    // Media
    case mediaMissing = "media-missing", mediaOutside = "media-outside", mediaFormat = "media-format"
    case mediaTooLarge = "media-too-large", mediaTooSmall = "media-too-small"
    case mediaShape = "media-shape", mediaCount = "media-count"
    case mediaRequired = "media-required", mediaBroken = "media-broken", mediaHost = "media-host"
    case altMissing = "alt-missing", altTooLong = "alt-too-long", titleMissing = "title-missing"
    case lfsPointer = "lfs-pointer", mediaLocation = "media-location"
    case mediaConverter = "media-converter", mediaDownload = "media-download"
    // Plans
    case duplicateText = "duplicate-text", tooClose = "too-close", notAvailable = "not-available"
}
