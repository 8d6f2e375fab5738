use federation::act::{Act, Count, Method, Threshold};
use federation::{Federation, PersonId};

/// What an act about a unit's own rules, or about a lost key, does.
pub(super) fn standing_sentence(federation: &Federation, act: &Act) -> String {
    match act {
        Act::SetMethod(act) => {
            format!("signs that the unit decides so: {}", method_words(act.method))
        }
        Act::NameHelpers(act) => {
            let (many, needed) = (act.helpers.len(), act.needed);
            format!("names {many} helpers, {needed} of whom can sign a new key for them")
        }
        Act::RecoverKey(act) => format!("signs a new key for {}", whose(federation, act.person)),
        Act::VetoRecovery(_) => "says no to a new key that helpers have signed".to_owned(),
        _ => act.name().to_owned(),
    }
}

/// Somebody of whom the words say no more than their unit.
fn whose(federation: &Federation, person: PersonId) -> String {
    let unit = federation.person_by_id(person).and_then(|id| federation.person(id).ok()?.unit);
    match unit {
        Some(unit) => format!("a member of {}", super::unit_name(federation, unit)),
        None => "somebody".to_owned(),
    }
}

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
