import Git
package import Posts

/// A post as each network would show it. Nothing is sent, and no secret is needed.
package struct Preview: Sendable {
    package var post: String
    package var title: String?
    package var isDraft: Bool
    /// Of the front matter: they concern every delivery.
    package var problems: [Diagnostic]
    /// In the post's order of accounts.
    package var deliveries: [Delivery]

    package struct Delivery: Sendable {
        package var account: Account
        package var schedule: Post.Schedule?
        /// One, or several of a thread; none if the post cannot be read.
        package var parts: [Part]
        package var firstComment: Part?
        package var problems: [Diagnostic]
        /// nil where publishing costs nothing.
        package var price: Price?
    }

    package struct Part: Sendable {
        package var step: Step
        /// As the network counts; nil where it does not limit the words.
        package var length: Composition.Length?
    }

    package var allProblems: [Diagnostic] { Array(Set(problems + deliveries.flatMap(\.problems))).sorted() }
    package var isInvalid: Bool { allProblems.contains { $0.severity == .error } }
}

/// - Parameters:
///   - paths: from the top of the repository; one that is no post is refused.
///   - revision: posts whose files differ from those where HEAD and this commit parted are shown too.
package func preview(
    _ folder: String, posts paths: Set<String>, changedSince revision: String? = nil, in environment: Environment
) async throws(Refusal) -> [Preview] {
    let workspace = try Workspace.open(at: folder, zones: environment.zones)
    let reader = PostReader(configuration: workspace.configuration, zones: environment.zones)
    let scan = await Scan(
        root: workspace.root, folders: workspace.configuration.posts, reader: reader,
        keep: revision == nil ? .only(paths) : .all)
    var wanted = paths
    if let revision {
        let repository = try GitRepository(at: workspace.root, in: environment)
        wanted.formUnion(try await repository.changed(scan.posts.map(\.post.path), since: revision))
    }
    let posts = scan.posts.map(\.post).filter { wanted.contains($0.path) }
    if let stranger = paths.subtracting(posts.map(\.path)).min() {
        throw Refusal(
            .usage, "\(stranger) is no post",
            hint:
                "posts are Markdown files that begin with front matter, in \(workspace.configuration.posts.joined(separator: ", "))"
        )
    }
    let composer = Composer(workspace, reader, in: environment)
    return posts.map { post in
        var problems = post.diagnostics
        problems += scan.diagnostics.filter { $0.place.path == post.path && $0.code == .sameSidecar }
        guard let bytes = try? Files.read(workspace.root + "/" + post.path, limit: 1 << 24) else {
            return Preview(post: post.path, title: nil, isDraft: post.isDraft, problems: problems, deliveries: [])
        }
        let composed = composer.compose(bytes, path: post.path, for: post.targets.map(\.account))
        let deliveries = zip(post.targets, composed).compactMap { target, composed in
            workspace.configuration.accounts[target.account].map {
                Preview.Delivery(composed, for: $0, target, of: post.path)
            }
        }
        return Preview(
            post: post.path, title: post.title, isDraft: post.isDraft, problems: problems, deliveries: deliveries)
    }
}

extension Preview.Delivery {
    fileprivate init(_ composed: Composer.Composed?, for account: Account, _ target: Post.Target, of post: String) {
        let steps = composed?.steps ?? []
        let lengths = composed?.lengths ?? []
        let parts = steps.enumerated().map { index, step in
            Preview.Part(step: step, length: lengths.indices.contains(index) ? lengths[index] : nil)
        }
        self.init(
            account: account, schedule: target.schedule, parts: parts.filter { $0.step.kind != .comment },
            firstComment: parts.first { $0.step.kind == .comment },
            problems: composed?.diagnostics.sorted() ?? [
                Diagnostic(
                    .warning, .notAvailable, at: .init(path: post),
                    "\(account.id): \(account.id.network.title) is not available in this version; the delivery is held")
            ], price: composed?.price)
    }
}

extension GitRepository {
    /// Those whose files are not what they were where HEAD and the revision parted; new ones too.
    fileprivate func changed(_ paths: [String], since revision: String) async throws(Refusal) -> Set<String> {
        do {
            guard let commit = try commit(named: revision) else {
                throw Refusal(
                    .usage, "git knows no commit “\(revision)”",
                    hint: "fetch it; in CI check out with fetch-depth: 0")
            }
            guard let head = try head.commit, let base = try mergeBase(of: head, and: commit) else {
                throw Refusal(
                    .configuration, "HEAD and “\(revision)” have no commit in common here",
                    hint: "if this clone is shallow, fetch the history; in CI check out with fetch-depth: 0")
            }
            var changed: Set<String> = []
            for path in paths {
                var file = PostFile(path: path, root: root)
                if try await !file.isCommitted(in: self, at: base) { changed.insert(path) }
            }
            return changed
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.configuration, "\(error)")
        }
    }
}
