package import Posts

/// What a sync was asked to do.
package struct SyncOptions: Sendable {
    /// The content repository, or a folder in it.
    package var repository: String
    package var isDryRun = false
    package var accounts: Set<AccountID> = []
    package var networks: Set<Network> = []
    /// Deliveries of the run.
    package var limit: Int?
    /// `--branch`: what a detached HEAD stands for.
    package var branch: String?
    /// `--no-push`: the branch stays as it is on the remote; claims and outcomes are pushed all the same.
    package var holdsBackBranch = false
    /// How long another run on this machine is waited for; a person's order waits, a sync comes again.
    package var lockPatience: Duration = .zero
    package static let personsPatience: Duration = .seconds(20)
    /// `publish`: these and nothing else, whatever their time.
    package var order: Order?

    package init(repository: String) { self.repository = repository }

    func wants(_ id: DeliveryID) -> Bool {
        (accounts.isEmpty || accounts.contains(id.account))
            && (networks.isEmpty || networks.contains(id.account.network))
    }
}

/// A person's wish to publish posts now.
package struct Order: Sendable {
    /// Paths from the top of the repository.
    package var posts: Set<String>
    package var accounts: Set<AccountID>

    package init(posts: Set<String>, accounts: Set<AccountID>) {
        self.posts = posts
        self.accounts = accounts
    }

    func includes(_ id: DeliveryID) -> Bool {
        posts.contains(id.post) && (accounts.isEmpty || accounts.contains(id.account))
    }

    /// A delivery of the order that is not published, or was before.
    package struct Refused: Sendable {
        package var id: DeliveryID
        package var reason: String
        package var status: ExitStatus
        /// Where it is live already.
        package var url: String?
    }
}
