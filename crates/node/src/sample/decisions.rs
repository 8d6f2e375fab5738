use federation::act::{Question, SealAct, Vote};
use federation::{Act, Pact};

use crate::Failed;

use super::polls::{Motion, cast, proposal, say, vote};
use super::stage::{Stage, line, refused};

const PATH: &str = "Let us mow the river path together on the first Saturday of each month. Whoever can \
                    brings a scythe; the Common Pot brings soup.";
const NOTICE: &str = "Ten days of notice in place of seven, so that units which meet every other week can \
                      talk before they vote.";
const MONDAYS: &str = "All workshops rest on Mondays, and nobody delivers on that day.";
const TRAILERS: &str = "We buy no new lorry. The Wheelhouse builds two cargo trailers that every unit can \
                        take, and we recommend that all lend them before they ask for a lorry.";

/// What is decided in a fortnight: a recommendation that passes, another pact that two units do not
/// follow, and a proposal that does not pass; and what is open when the visitor comes.
pub(super) fn fortnight(stage: &mut Stage, week: i64) -> Result<(), Failed> {
    match week {
        4 => Motion::new("Jonas Field", Question::Text {}, PATH, 21).propose(stage).map(drop),
        6 => the_path_is_voted_on(stage),
        8 => {
            let now = stage.federation.pact().cloned().unwrap_or_default();
            let pact = Question::Pact(Box::new(Pact { notice_days: 10, ..now }));
            Motion::new("Noor Haddad", pact, NOTICE, 21).propose(stage).map(drop)
        }
        10 => vote(stage, NOTICE, |unit, _| {
            Some(u8::from(["Wheelhouse", "Spin Laundry"].contains(&unit)))
        }),
        12 => Motion::new("Hana Sato", Question::Text {}, MONDAYS, 21).propose(stage).map(drop),
        14 => vote(stage, MONDAYS, |unit, place| match unit {
            "Spin Laundry" | "Wheelhouse" => Some(0),
            _ if place % 3 == 2 => Some(2),
            _ => Some(1),
        }),
        24 => trailers(stage),
        _ => Ok(()),
    }
}

/// Everybody likes the path. Old Wenzel votes on paper, which two members enter; the Wheelhouse has
/// talked, and seals.
fn the_path_is_voted_on(stage: &mut Stage) -> Result<(), Failed> {
    vote(stage, PATH, |_, place| Some(u8::from(place % 5 == 4)))?;
    let farm = stage.federation.unit(stage.unit("Meadow Farm")?).map_err(refused)?;
    let without = farm.members.iter().copied().find(|&member| !stage.federation.has_key(member));
    let wenzel = without.and_then(|id| stage.federation.person(id).ok()).map(|person| person.id);
    let path = proposal(stage, PATH)?;
    if let Some(wenzel) = wenzel {
        stage.act_for(["Jonas Field", "Ines Duarte"], wenzel, cast(path, Vote::Choose(0)))?;
    }
    stage.act_of_two(["Ada Brook", "Leo Marsh"], Act::Seal(SealAct { proposal: path }))?;
    Ok(())
}

/// A question to all units that is open when the visitor comes.
fn trailers(stage: &mut Stage) -> Result<(), Failed> {
    let asked = Motion::new("Ada Brook", Question::Text {}, TRAILERS, 21).propose(stage)?;
    let first = say(stage, "Greta Holm", (asked, None), "Who keeps them in winter?")?;
    let hall = "Our hall has room for both. Whoever borrows one brings it back dry.";
    say(stage, "Ada Brook", (asked, Some(first)), hall)?;
    let brakes =
        "At the clinic we mend what a lorry does to people. Give the trailers good brakes.";
    say(stage, "Simon Vale", (asked, None), brakes)?;
    Ok(())
}

/// What was said of the open questions just before the visitor comes: one to all units, one to the
/// bakery.
pub(super) fn lately(stage: &mut Stage) -> Result<(), Failed> {
    let text = "We have plaster for one of them this month. Which wall is first?";
    let options = vec![line("the north wall")?, line("the oven room")?];
    let wall = Motion::new("Mara Lindgren", Question::Own {}, text, 7);
    Motion { options, ..wall }.propose(stage)?;
    vote(stage, TRAILERS, |unit, place| match unit {
        "Wheelhouse" | "Meadow Farm" | "Common Pot" => Some(0),
        "Spin Laundry" if place == 0 => Some(1),
        "Riverside Clinic" if place == 0 => Some(2),
        _ => None,
    })
}
