/// What a look-up tells after a lost answer.
package enum Finding: Sendable, Hashable {
    case published(Receipt)
    case absent
    /// The network cannot tell, or tells too little.
    case unclear
}

/// How a lost answer is recovered (EXACTLY-ONCE, "Kinds of networks").
package enum Recovery: Sendable, Hashable {
    /// A look-up tells.
    case find
    /// Nobody can tell but a person.
    case askPerson
}
