use federation::act::{Act, Count, Method, Signing, Threshold};
use federation::rows::{Recovery, Unit, Waiting};
use federation::{Federation, Id, PersonId};

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

/// Who signs in a matter of a unit: `any member alone`.
pub const fn signing_words(signing: Signing) -> &'static str {
    match signing {
        Signing::AnyMember => "any member alone",
        Signing::TwoMembers => "two members",
        Signing::MoreThanHalf => "more than half of the members",
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

/// Whether it has weight in what the whole decides, and what is missing.
pub fn weight_lines(federation: &Federation, id: Id<Unit>) -> Vec<String> {
    let Ok(unit) = federation.unit(id) else { return Vec::new() };
    if let Some(enrolled) = unit.enrolled {
        let asleep = unit.asleep_since.map(|since| {
            format!("It sleeps since {since} UTC, after missing two polls; any act of a member wakes it.")
        });
        let has = format!("It has weight in what the whole decides, since {} UTC.", enrolled.at);
        return [has].into_iter().chain(asleep).collect();
    }
    let Some(row) = federation.enrolling(id) else { return Vec::new() };
    let backed = match row.backed_from {
        Some(from) => format!("from {from} UTC"),
        None => format!("{} of them back it now", row.backers.len()),
    };
    let (found, needed) = (row.receivers.len(), row.receivers_needed);
    let mut lines = vec![
        "It has no weight yet in what the whole decides. That comes by itself with:".to_owned(),
        format!("30 days in the federation: from {} UTC;", row.in_from),
        format!(
            "backing for 90 days by two units that have weight and do not back each other: {backed};"
        ),
        format!("deliveries accepted by {needed} units that have weight: {found} so far."),
    ];
    lines.extend(unit.waits_since.map(|since| format!("It waits for its turn since {since} UTC.")));
    lines
}

/// How far a new key is on its way: `2 of 3 helpers have signed`.
pub fn recovery_words(row: &Recovery) -> String {
    let (signed, needed) = (row.signed.len(), row.helpers.needed);
    match &row.waiting {
        Waiting::Signatures => format!("{signed} of {needed} helpers have signed"),
        Waiting::Veto { until } => {
            format!(
                "enough helpers have signed; it comes into use after {until} UTC, unless an old key says no"
            )
        }
        Waiting::SecondPetition { until, again } => {
            let (again, needed) = (again.len(), row.helpers.needed_again());
            format!(
                "an old key has said no; {again} of {needed} helpers have signed again, and it comes into \
                 use after {until} UTC only if all {needed} have"
            )
        }
    }
}
