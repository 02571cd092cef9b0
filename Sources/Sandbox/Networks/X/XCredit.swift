/// The balance of the app, in thousandths of a dollar (price list of 2026-04-20). Failed requests cost nothing.
enum XCredit {
    static let post = 15
    static let postWithLink = 200
    static let delete = 10
    static let metadata = 5
    /// One row of one's own that a read returns.
    static let ownRow = 1
    static let user = 10

    /// Refuses with 402 when the balance is less than the price.
    static func charge(_ price: Int, _ world: inout XWorld) throws(Refusal) {
        guard let balance = world.credit else { return }
        guard balance >= price else { throw Refusal(XErrors.noCredit) }
        world.credit = balance - price
    }

    /// A read needs something on the account and may then use up the rest.
    static func chargeRows(_ count: Int, _ world: inout XWorld) {
        guard let balance = world.credit else { return }
        world.credit = max(0, balance - count * ownRow)
    }

    static func requireSome(_ world: XWorld) throws(Refusal) {
        guard world.credit ?? 1 > 0 else { throw Refusal(XErrors.noCredit) }
    }
}
