import ArgumentParser
import Pipeline
import Posts

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "The content repository, or a folder in it.")
    var repository = "."

    @Flag(name: .long, help: "Print JSON on standard output; messages go to standard error.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print only what went wrong.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more about what happens.")
    var verbose = false

    @Flag(name: .long, help: "Never ask anything.")
    var noInput = false

    @Option(name: .long, help: "Colours: auto, always or never; NO_COLOR is respected.")
    var color = ColorChoice.auto

    var console: Console { Console(self) }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

extension AccountID: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Network: ExpressibleByArgument {
    public init?(argument: String) { self.init(name: argument) }
}
