use federation::act::{Act, Propose, Question, Vote};
use federation::rows::{Person, Proposal};
use federation::{Federation, Id, Ref};

use super::resources::option_of_conflict_words;

/// What an act of deciding does, in a few words that follow a name.
pub(super) fn decision_act(federation: &Federation, act: &Act) -> String {
    let about = |named| proposal_words(federation, named);
    match act {
        Act::Propose(act) => proposes(federation, act),
        Act::WithdrawProposal(act) => format!("takes back {}", about(act.proposal)),
        Act::Ballot(act) => match act.vote {
            Vote::Abstain {} => format!("abstains on {}", about(act.proposal)),
            _ => format!("votes on {}", about(act.proposal)),
        },
        Act::CountRoom(act) => {
            let there = act.present.len();
            format!("enters what {there} people in a room said to {}", about(act.proposal))
        }
        Act::Seal(act) => format!("signs to seal the unit's word on {}", about(act.proposal)),
        Act::AcceptPact(act) => format!("accepts {} for the unit", about(act.proposal)),
        _ => act.name().to_owned(),
    }
}

fn proposes(federation: &Federation, act: &Propose) -> String {
    format!("proposes {}", question_words(federation, &act.question))
}

/// `proposal 3, another pact`.
pub(super) fn proposal_words(federation: &Federation, named: Ref<Proposal>) -> String {
    let Ok(id) = federation.find_proposal(named) else { return "a proposal".to_owned() };
    match federation.proposal(id) {
        Ok(row) => format!("proposal {id}, {}", question_words(federation, &row.question)),
        Err(_) => format!("proposal {id}"),
    }
}

/// What a question is about: `another pact`.
pub fn question_words(federation: &Federation, question: &Question) -> String {
    let version = |named| {
        let found = federation.find_version(named);
        found.map_or_else(|_| "a version".to_owned(), |id| federation.version_label(id))
    };
    match question {
        Question::Text {} => "a recommendation to all".to_owned(),
        Question::Pact(_) => "another pact".to_owned(),
        Question::Specification { version: named } => {
            format!("that all stand behind {}", version(*named))
        }
        Question::Value { version: named, value } => {
            format!("{} hours for {}", value.hours(), version(*named))
        }
        Question::Essentials(_) => "what is essential".to_owned(),
        Question::Order(_) => "which plans rounds prefer".to_owned(),
        Question::List(rows) => {
            let units = if rows.len() == 1 { "unit" } else { "units" };
            format!("a list for {} {units}: members, base and weight", rows.len())
        }
        Question::Expel { unit, .. } => {
            let named = federation.find_unit(*unit);
            let name =
                named.map_or_else(|_| "a unit".to_owned(), |id| super::unit_name(federation, id));
            format!("to expel {name}")
        }
        Question::AcceptPact { proposal } => {
            format!("to accept {}", proposal_words(federation, *proposal))
        }
        Question::Use { conflict, option } => match federation.find_conflict(*conflict) {
            Ok(id) => option_of_conflict_words(federation, id, *option),
            Err(_) => "an option of a conflict".to_owned(),
        },
        Question::Mandate { terms, .. } => format!("to send somebody on {}", terms.matter),
        Question::Delegates(election) => format!(
            "to elect {} of {} for {}",
            election.seats,
            election.candidates.len(),
            election.terms.matter
        ),
        Question::Own {} => "something for the unit to decide".to_owned(),
    }
}

/// Why a pact that has passed is not in force, if it is not.
pub fn overtaken_words(federation: &Federation, id: Id<Proposal>) -> Option<String> {
    let number = federation.overtaken_by(id)?;
    Some(format!(
        "It passed, without effect: pact {number} came into force after it was written. Put it again."
    ))
}

/// All options in full words; those who stand in an election by their names.
pub fn option_names(
    federation: &Federation,
    called: &dyn Fn(Id<Person>) -> String,
    row: &Proposal,
) -> Vec<String> {
    let mut names = row.option_words();
    if let Question::Delegates(election) = &row.question {
        for (name, candidate) in names.iter_mut().zip(&election.candidates) {
            if let Some(person) = federation.person_by_id(*candidate) {
                *name = called(person);
            }
        }
    }
    names
}
