import Subprocess

extension GitExecutable {
    /// Runs git to its end. A status other than 0 is an answer like any other.
    func run(_ command: GitCommand) async throws(RemoteError) -> GitEnding {
        let guardian = Guardian(command, patience: patience)
        let configuration = self.configuration(of: command)
        // A task of its own: cancelling must not reach the process but through the guardian, who knows what may be cut.
        let work = Task { () -> Result<GitEnding, RemoteError> in
            do {
                return .success(try await perform(configuration, guardian))
            } catch let error as SubprocessError where error.code == .executableNotFound {
                return .failure(.noExecutable("there is no git in PATH; install it"))
            } catch {
                return .failure(.failed("git cannot be run: \(error)"))
            }
        }
        let result = await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            if command.whenCancelled == .stops { guardian.cut(.cancelled) }
        }
        return try result.get()
    }

    private func configuration(of command: GitCommand) -> Configuration {
        var options = PlatformOptions()
        // No terminal, hence nobody to ask; and a process group, so that a signal reaches the children.
        options.createSession = true
        let variables = GitVariables.adding(command.settings, to: GitVariables.forGit(environment))
            .merging(command.variables) { $1 }
        return Configuration(
            executable: .name("git"),
            arguments: Arguments((command.inRepository ? ["-C", workingDirectory] : []) + command.arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            platformOptions: options)
    }
}

private func perform(_ configuration: Configuration, _ guardian: Guardian) async throws -> GitEnding {
    let result = try await Subprocess.run(
        configuration, input: .none, output: .sequence, error: .sequence
    ) { execution in
        let watch = guardian.watch { signal in try? execution.send(signal: signal, toProcessGroup: true) }
        // Both end with the process, even if a connection that ssh keeps for later holds the pipes open.
        async let output = collect(execution.standardOutput, guardian, .whole)
        async let errors = collect(execution.standardError, guardian, .latest)
        let said = await (output: output, errors: errors)
        guardian.finish()
        return (said: said, cut: await watch.value)
    }
    let said = result.closureResult.said
    return GitEnding(
        cause: cause(result.closureResult.cut, result.terminationStatus), output: said.output.bytes,
        complaints: Complaints(said.errors.bytes, said.errors.isWhole))
}

private func cause(_ cut: GitEnding.Cut?, _ status: TerminationStatus) -> GitEnding.Cause {
    switch (cut, status) {
    case (nil, .exited(let status)): .exited(status)
    case (nil, .signaled(let signal)): .signalled(signal)
    // What came to its end by itself is whole, even if a limit was reached in the same moment.
    case (.silent, .exited(0)), (.late, .exited(0)): .exited(0)
    case (let cut?, _): .cut(cut)
    }
}

private enum Keeping { case whole, latest }

private func collect(
    _ sequence: SubprocessOutputSequence, _ guardian: Guardian, _ keeping: Keeping
) async -> (bytes: [UInt8], isWhole: Bool) {
    var bytes: [UInt8] = []
    var isWhole = true
    do {
        for try await buffer in sequence {
            guardian.sawASign()
            buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
            switch keeping {
            case .whole where bytes.count > guardian.outputLimit:
                guardian.cut(.tooMuchOutput(guardian.outputLimit))
                bytes = []
            case .latest where bytes.count > Complaints.limit:
                bytes.removeFirst(bytes.count - Complaints.limit / 2)
                isWhole = false
            case .whole, .latest: break
            }
        }
    } catch {
        isWhole = false
    }
    return (bytes, isWhole)
}
