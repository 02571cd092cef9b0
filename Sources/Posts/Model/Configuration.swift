/// What socials.yml says: accounts, defaults and how to publish. Everything absent has its default here.
package struct Configuration: Sendable {
    /// IANA name of the zone that local times are in; nil: UTC.
    package var timeZone: String?
    /// The rules of `timeZone`.
    package var zone: TimeZoneRules?
    /// Folders that hold posts, from the top of the repository, without slashes at their ends.
    package var posts = ["posts"]
    /// The remote that may publish; nil: any.
    package var repository: String?
    package var branch: String?
    package var accounts: [AccountID: Account] = [:]
    /// The accounts as written.
    package var order: [AccountID] = []
    /// Members in first-seen order, groups within groups expanded.
    package var groups: [String: [AccountID]] = [:]
    /// Where a post goes that names no accounts.
    package var defaultAccounts: [AccountID] = []
    package var publishing = Publishing()
    package var mediaHost = MediaHost.none
    /// In the order they are asked.
    package var credentials = CredentialStore.allCases
    package var credentialsFolder = ".socials/credentials"
    package var claims = Claims()
    package var commit = Commit()

    package init() {}

    package struct Publishing: Sendable, Hashable {
        /// Later than this after its time, nothing is published by itself.
        package var maxLateness: Duration = .hours(24)
        /// Waiting that is not counted as an attempt ends after this.
        package var giveUpAfter: Duration = .hours(72)
        /// Counted attempts of one delivery.
        package var retries = 5
        /// Deliveries at the same time.
        package var concurrency = 8
        /// How long a run waits for a network to work on media.
        package var wait: Duration = .seconds(20)
        /// For accounts that set none of their own.
        package var limits = Account.Limits()

        package init() {}
    }

    /// Where networks that download media find it.
    package enum MediaHost: Sendable, Hashable {
        case none
        /// A file is served at the address and its percent-encoded path from the top of the repository.
        case `static`(baseURL: String)
        /// The address, the commit and the path; nil: as the remote's host serves raw files.
        case gitRaw(baseURL: String?)
        case server(publicURL: String, port: Int)
        case s3(bucket: String, region: String?, prefix: String, endpoint: String?)
    }

    package enum CredentialStore: String, Sendable, Hashable, CaseIterable { case environment, file, aws }

    package struct Claims: Sendable, Hashable {
        package var ref = "refs/socials/claims"
        package var lease: Duration = .minutes(15)

        package init() {}
    }

    package struct Commit: Sendable, Hashable {
        package var name = "socials-pipeline"
        package var email = "socials-pipeline@users.noreply.example"
        /// `{count}` becomes the number of posts.
        package var message = "Publish {count} posts"
        /// nil: the branch of socials.yml, else the one checked out.
        package var branch: String?
        /// nil: as git's own `commit.gpgSign` says.
        package var sign: Bool?

        package init() {}
    }
}
