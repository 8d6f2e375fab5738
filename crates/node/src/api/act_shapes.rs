//! The shape of every act, by room. Tests compare it with what the acts themselves read.

mod circle;
mod commons;
mod decision;
mod delivery;
mod exchange;
mod lot;
mod mandate;
mod membership;
mod resources;
mod specification;
mod standing;
mod swap;

use super::shape::{Field, Shape};

pub(crate) use decision::QUESTION;
pub(crate) use membership::PACT;

/// An act, as it stands in a statement.
pub(crate) const ACT: Shape = Shape::Named("Act", &Shape::OneOf(ACTS));

/// Every act there is.
pub(crate) const ACTS: &[Field] = &[
    act("found", membership::FOUND, "Founds the federation with its list of units."),
    act("sign-pact", membership::SIGN_PACT, "Joins, signs a founding row, or comes back."),
    act("announce-leaving", membership::ANNOUNCE_LEAVING, "Says that the unit will leave."),
    act("leave", NOTHING, "The unit leaves, at once and always."),
    act("admit-member", membership::ADMIT_MEMBER, "Takes a person into the signer's unit."),
    act("member-leaves", NOTHING, "The signer leaves their unit, at once and always."),
    act("introduce", membership::INTRODUCE, "Says who the signer is."),
    act("describe-unit", membership::DESCRIBE_UNIT, "Says where the unit is and what it does."),
    act("set-signing", membership::SET_SIGNING, "Changes who may sign what in the unit."),
    act("set-method", standing::SET_METHOD, "Changes how the unit decides."),
    act("add-key", membership::ADD_KEY, "Adds a key of the signer's."),
    act("revoke-key", membership::REVOKE_KEY, "Takes a key of the signer's out of use."),
    act("name-helpers", standing::NAME_HELPERS, "Names who can help the signer to a new key."),
    act("recover-key", standing::RECOVER_KEY, "A helper signs a new key for somebody."),
    act("veto-recovery", standing::VETO_RECOVERY, "Says no to a key that helpers have signed."),
    act("propose-specification", specification::PROPOSE, "Writes down what a good or service is."),
    act("revise-specification", specification::REVISE, "Makes a version with other clauses."),
    act("retire-specification", specification::RETIRE, "Begins nothing new under it."),
    act("ask-value", specification::REASONED_VALUE, "Asks a value for a version."),
    act("counter-value", specification::REASONED_VALUE, "Answers a value with another one."),
    act("agree-value", specification::AGREE_VALUE, "Signs a value."),
    act("offer", exchange::OFFER, "What the unit can give."),
    act("need", exchange::NEED, "What the unit wants."),
    act(
        "refuse-partners",
        exchange::REFUSE_PARTNERS,
        "Says with whom rounds do not join the unit.",
    ),
    act("withdraw", exchange::WITHDRAW, "Takes an offer or a need back."),
    act("bring-thing", swap::BRING_THING, "Brings a thing into the swap."),
    act("would-take", swap::WOULD_TAKE, "Says what the unit would take for it."),
    act("withdraw-thing", swap::WITHDRAW_THING, "Takes a thing out of the swap."),
    act("open-round", NOTHING, "Opens the round that the calendar says is due."),
    act("close-round", exchange::CLOSE_ROUND, "Closes what the round is waiting for."),
    act("plan", exchange::PLAN, "Submits a plan with its certificate."),
    act("propose-contract", exchange::PROPOSE_CONTRACT, "Proposes a contract to another unit."),
    act("accept-contract", exchange::ACCEPT_CONTRACT, "Says yes to a proposed contract."),
    act("decline-contract", exchange::CONTRACT_WITH_REASON, "Says no to a proposed contract."),
    act("end-contract", exchange::CONTRACT_WITH_REASON, "Ends an agreed contract."),
    act("already-done", exchange::ALREADY_DONE, "Enters an exchange that has happened."),
    act("arrange", exchange::ARRANGE, "Suggests when and where a contract is carried out."),
    act("comment", exchange::COMMENT, "Says something in a thread."),
    act("deliver", delivery::DELIVER, "The giver says: handed over."),
    act("receipt", delivery::DELIVERY, "The receiver says: here it is."),
    act("accept-delivery", delivery::DELIVERY, "Accepts a delivery."),
    act("reject-delivery", delivery::REJECT, "Rejects a delivery by naming a clause."),
    act("correct", delivery::CORRECT, "Reduces an accepted delivery."),
    act("back", membership::BACKING, "Lends free room of the unit's own base."),
    act("release-backing", membership::BACKING, "Takes lent room back, as far as it is free."),
    act("recall", mandate::MANDATE, "Signs to take a delegate back."),
    act("lay-down-mandate", mandate::MANDATE, "The delegate gives a mandate back."),
    act("form-circle", circle::FORM, "Forms a circle."),
    act("join-circle", circle::CIRCLE, "Joins a circle; nobody has to agree."),
    act("leave-circle", circle::CIRCLE, "Leaves a circle."),
    act("post", circle::POST, "Writes on a circle's bulletin."),
    act("open-lot", lot::OPEN, "Asks for a public lot."),
    act("commit-number", lot::COMMIT, "Binds the unit to a number for a lot."),
    act("open-number", lot::NUMBER, "Tells that number."),
    act("open-common", commons::OPEN, "Opens a common, for whoever subscribes to it."),
    act("subscribe", commons::SUBSCRIBE, "Carries a common with hours of the unit's own."),
    act("unsubscribe", commons::UNSUBSCRIBE, "Carries a common no longer."),
    act("contribute", commons::CONTRIBUTE, "Delivers to a common: to all who subscribe."),
    act("receipt-contribution", commons::CONTRIBUTION, "Says that a contribution is there."),
    act("accept-contribution", commons::CONTRIBUTION, "Accepts a contribution."),
    act("reject-contribution", commons::REJECT, "Rejects a contribution by naming a clause."),
    act("correct-contribution", commons::CORRECT, "Reduces an accepted contribution."),
    act("propose", decision::PROPOSE, "Puts a question to the vote."),
    act("withdraw-proposal", decision::PROPOSAL_ONLY, "Takes a proposal back."),
    act("ballot", decision::BALLOT, "Votes; the last ballot counts."),
    act("count-room", decision::COUNT_ROOM, "Enters votes cast in a room; three tellers sign."),
    act("seal", decision::PROPOSAL_ONLY, "Seals what the unit says before the close."),
    act("accept-pact", decision::PROPOSAL_ONLY, "Accepts a later version of the pact."),
    act("register", resources::REGISTER, "Writes a resource down."),
    act("claim", resources::CLAIM, "Claims a resource; an overlap opens a conflict by itself."),
    act("release", resources::RELEASE, "Gives a claim up."),
    act("report-use", resources::REPORT_USE, "Reports hours in which a resource was used."),
    act("declare-makeup", resources::DECLARE_MAKEUP, "Says what the unit is made of."),
    act("dispute", resources::DISPUTE, "Takes something to talks, mediators and those affected."),
    act("settle", resources::TEXT, "Signs a text that settles a conflict when all parties have."),
    act("write-option", resources::TEXT, "A mediator writes an option."),
    act("weigh-options", resources::WEIGH, "Says what a member of a party thinks of the options."),
    act("attest-time", NOTHING, "Says what time it is."),
];

const fn act(name: &'static str, shape: Shape, says: &'static str) -> Field {
    Field::must(name, shape, says)
}

const NOTHING: Shape = Shape::Object(&[]);

/// What something is called.
pub(super) const NAME: Shape = Shape::Text { least: 1, most: federation::Name::BYTES_MAX };
/// One line, also none.
pub(super) const LINE: Shape = Shape::Text { least: 0, most: federation::Line::BYTES_MAX };
/// A few paragraphs, also none.
pub(super) const PROSE: Shape = Shape::Text { least: 0, most: federation::Prose::BYTES_MAX };
/// A quantity in the smallest steps of its measure.
pub(super) const STEPS: Shape = Shape::COUNT;
/// A value in seconds per whole measure.
pub(super) const VALUE: Shape = Shape::COUNT;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::shape::Presence;
    use federation::Act;
    use serde_json::{Map, Value, json};

    /// Values of a shape that between them show each of its branches.
    fn examples(shape: &Shape) -> Vec<Value> {
        match shape {
            Shape::Whole { least, most } => vec![json!(least), json!(most.min(&366))],
            Shape::Text { least, .. } => vec![json!("x".repeat((*least).max(1)))],
            Shape::Hex(digits) => vec![json!("a".repeat(*digits))],
            Shape::Ref => vec![json!("b".repeat(64)), json!(format!("{}.3", "b".repeat(64)))],
            Shape::Flag => vec![json!(true), json!(false)],
            Shape::Word(words) => words.iter().map(|word| json!(word)).collect(),
            Shape::OrNull(shape) => [examples(shape), vec![Value::Null]].concat(),
            Shape::List { of, .. } => examples(of).into_iter().map(|one| json!([one])).collect(),
            Shape::Object(fields) => objects(fields),
            Shape::OneOf(fields) => {
                let one = |field: &Field| {
                    let examples = examples(&field.shape).into_iter();
                    examples.map(|value| json!({ field.name: value })).collect::<Vec<_>>()
                };
                fields.iter().flat_map(one).collect()
            }
            Shape::Named(_, shape) => examples(shape),
        }
    }

    /// As many objects as the field with the most examples has; the others go round.
    fn objects(fields: &[Field]) -> Vec<Value> {
        assert!(fields.iter().all(|field| field.presence == Presence::Must));
        let of_each: Vec<_> = fields.iter().map(|field| examples(&field.shape)).collect();
        let count = of_each.iter().map(Vec::len).max().unwrap_or(1);
        let object = |n: usize| {
            let values = of_each.iter().map(|values| values[n % values.len()].clone());
            let names = fields.iter().map(|field| field.name.to_owned());
            Value::Object(names.zip(values).collect::<Map<_, _>>())
        };
        (0..count).map(object).collect()
    }

    #[test]
    fn every_act_reads_what_its_shape_describes_and_writes_it_again() {
        for example in examples(&ACT) {
            let act: Act = serde_json::from_value(example.clone())
                .unwrap_or_else(|error| panic!("{error}: {example}"));
            assert_eq!(serde_json::to_value(&act).unwrap(), example);
        }
    }

    /// The names in back-quotes that an error of the reader says were expected.
    fn expected_by(error: &serde_json::Error) -> Vec<String> {
        let said = error.to_string();
        let after = said.split_once("expected").map(|(_, after)| after).unwrap_or_default();
        let mut names: Vec<_> = after.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        names.sort();
        names
    }

    fn sorted(fields: &[Field]) -> Vec<String> {
        let mut names: Vec<_> = fields.iter().map(|field| field.name.to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn there_is_a_shape_for_every_act_and_for_no_other() {
        let error = serde_json::from_value::<Act>(json!({ "no-such-act": {} })).unwrap_err();
        assert_eq!(expected_by(&error), sorted(ACTS));
    }

    #[test]
    fn the_shape_of_an_act_has_exactly_the_fields_that_the_act_reads() {
        for act in ACTS {
            let Shape::Object(fields) = act.shape else { continue };
            let error = serde_json::from_value::<Act>(json!({ act.name: { "no-such-field": 1 } }));
            let expected = error.map_err(|error| expected_by(&error));
            match fields {
                // An act without fields reads an empty object, and what it ignores is refused later.
                [] => assert!(expected.is_ok() || expected == Err(Vec::new()), "{}", act.name),
                fields => assert_eq!(expected, Err(sorted(fields)), "{}", act.name),
            }
        }
    }
}
