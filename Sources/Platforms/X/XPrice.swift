import Posts

/// What X asks for publishing, by its price list for pay-per-use. Failed requests cost nothing, uploads neither.
enum XPrice {
    /// A post with an address in it costs more; X may count addresses otherwise than twitter-text does.
    static func price(of steps: [Step]) -> Price {
        steps.reduce(Price(thousandths: 0)) { sum, step in
            let words = URLText.urls(in: step.text).isEmpty ? XRules.price : XRules.priceWithURL
            return step.media.filter(isDescribed).reduce(sum + words) { all, _ in all + XRules.priceOfAlt }
        }
    }

    /// Whether words about the file are sent: pictures and GIFs have them.
    static func isDescribed(_ file: MediaFile) -> Bool {
        file.info.kind == .picture && !(file.alt ?? "").isEmpty
    }
}
