use federation::act::{
    Election, Instruction, MandateTerms, NumberRange, Parameter, Question, Recall, Vote,
};
use federation::{Act, Days, Pact};
use measure::Hours;

use crate::Failed;

use super::polls::{Motion, cast, proposal, say, vote};
use super::stage::{Stage, name};

const SENT: &str =
    "Samir goes to the others for us, and says yes to a ceiling between sixty and eighty hours.";
const FIFTY: &str = "A ceiling of fifty hours for each member, so that hours go round faster.";
const WHO: &str = "Who goes now, to listen and to tell us what the others think of the ceiling?";
const CLINIC: &str =
    "Simon goes where things are talked about that hurt people, and speaks for us.";

/// Reed Housing sends a delegate, takes him back when he moves something else, and elects another;
/// the clinic sends one who still speaks for it when the visitor comes.
pub(super) fn fortnight(stage: &mut Stage, week: i64) -> Result<(), Failed> {
    match week {
        2 => stage.admit("Olga Petrova", "Marta Silva", true).map(drop),
        10 => {
            let least_and_most = (60, 80);
            send(stage, "Samir Aziz", ("Olga Petrova", SENT), ceiling(least_and_most), 150)
        }
        12 => samir_moves_something_else(stage),
        14 => samir_is_recalled(stage),
        16 => reed_housing_elects(stage),
        22 => send(stage, "Simon Vale", ("Noor Haddad", CLINIC), Instruction::Voice {}, 120),
        _ => Ok(()),
    }
}

const fn ceiling((least, most): (u32, u32)) -> Instruction {
    let parameter = Parameter::CeilingHours;
    Instruction::Range(NumberRange::Parameter { parameter, least, most })
}

fn matter(instruction: &Instruction) -> &'static str {
    match instruction {
        Instruction::Range(_) => "the ceiling",
        _ => "health at work",
    }
}

/// A unit's members all vote to send one of them, for so many days.
fn send(
    stage: &mut Stage,
    delegate: &str,
    (by, text): (&str, &str),
    instruction: Instruction,
    days: u16,
) -> Result<(), Failed> {
    let matter = name(matter(&instruction))?;
    let terms = MandateTerms { matter, instruction, until: stage.now.plus_days(Days(days)) };
    let question = Question::Mandate { delegate: stage.person(delegate)?, terms };
    Motion::new(by, question, text, 7).propose(stage)?;
    vote(stage, text, |_, _| Some(0))
}

/// Outside what he was sent with.
fn samir_moves_something_else(stage: &mut Stage) -> Result<(), Failed> {
    let now = stage.federation.pact().cloned().unwrap_or_default();
    let pact = Pact { ceiling_per_member: Hours::whole(50), ..now };
    let question = Question::Pact(Box::new(pact));
    let moved = Motion::new("Samir Aziz", question, FIFTY, 21).propose(stage)?;
    let asked = "Fifty? Our guests come in summer and we ask for things all winter.";
    let asked = say(stage, "Olga Petrova", (moved, None), asked)?;
    let answer = "That is what I heard at the market, and I think it is right.";
    say(stage, "Samir Aziz", (moved, Some(asked)), answer)?;
    Ok(())
}

/// Two of the three who voted are enough, and none of them owes a reason.
fn samir_is_recalled(stage: &mut Stage) -> Result<(), Failed> {
    let (last, _) = stage.federation.mandates().next_back().unzip();
    let named = last.and_then(|id| stage.federation.mandate_ref(id));
    let mandate = named.ok_or_else(|| Failed::fault("nobody is sent in the sample"))?;
    let recall = Act::Recall(Recall { mandate });
    stage.act_of_two(["Olga Petrova", "Marta Silva"], recall)?;
    vote(stage, FIFTY, |unit, place| match (unit, place) {
        ("Reed Housing", 1) | ("Hilltop Dairy", _) => Some(0),
        (_, 1) => Some(2),
        _ => Some(1),
    })
}

/// Two stand, three vote.
fn reed_housing_elects(stage: &mut Stage) -> Result<(), Failed> {
    let candidates = vec![stage.person("Olga Petrova")?, stage.person("Marta Silva")?];
    let until = stage.now.plus_days(Days(120));
    let terms =
        MandateTerms { matter: name("the ceiling")?, instruction: Instruction::Voice {}, until };
    let question = Question::Delegates(Box::new(Election { seats: 1, candidates, terms }));
    Motion::new("Olga Petrova", question, WHO, 7).propose(stage)?;
    let asked = proposal(stage, WHO)?;
    let ballots = [
        ("Olga Petrova", [2, 1, 0, 0]),
        ("Samir Aziz", [0, 1, 2, 0]),
        ("Marta Silva", [1, 2, 0, 0]),
    ];
    for (who, ranks) in ballots {
        stage.act(who, cast(asked, Vote::Rank(ranks.to_vec())))?;
    }
    Ok(())
}
