use federation::act::{Count, Method, Threshold};

/// How a unit decides: `by consent, tried 3 times, then with more than half of the ballots`.
pub fn method_words(method: Method) -> String {
    let count = match method.count {
        Count::YesNo { share: Threshold::MoreThanHalf } => "with more than half of the ballots",
        Count::YesNo { share: Threshold::TwoThirds } => "with two thirds of the ballots",
        Count::YesNo { share: Threshold::ThreeQuarters } => "with three quarters of the ballots",
        Count::YesNo { share: Threshold::All } => "with all ballots",
        Count::Approval {} => "by what most approve of",
        Count::Score {} => "by the highest sum of -2 to +2",
        Count::Schulze {} => "by options in order, pair by pair (Schulze)",
    };
    match method.consent_tries {
        0 => count.to_owned(),
        1 => format!("by consent, tried once, then {count}"),
        tries => format!("by consent, tried {tries} times, then {count}"),
    }
}
