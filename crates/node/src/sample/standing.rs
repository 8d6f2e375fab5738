use federation::act::{
    AcceptContract, AcceptDelivery, Arrange, CeilingWarning, Count, Deliver, Failure, ListRow,
    Method, NameHelpers, ProposeContract, Question, Role, SetMethod, Terms, Threshold,
};
use federation::rows::Contract;
use federation::{Act, Line, Ref};

use crate::Failed;

use super::polls::{Motion, say, vote};
use super::stage::{Stage, line, refused};
use super::village::quantity_of;
use super::weeks::first_of;

const LIST: &str = "Thimble Tailors came with nothing but scissors, and have mended for half the valley. The \
                    list gives them a base for both of them, and weight in what we decide.";
const EXPULSION: &str = "The Spin Laundry has left our sheets, the clinic's and the joinery's undone since \
                         spring. Whoever promises and neither does it nor says no should not be on the list of \
                         those we count on.";

/// Whom the laundry keeps waiting.
const WAITING: [(i64, &str, &str); 3] = [
    (10, "Common Pot", "Rosa Campo"),
    (16, "Riverside Clinic", "Noor Haddad"),
    (20, "Plane & Saw", "Greta Holm"),
];

/// Units give themselves rules; a newcomer gets a base and weight; a unit that has kept others waiting
/// answers when they ask whether it should still be in.
pub(super) fn fortnight(stage: &mut Stage, week: i64) -> Result<(), Failed> {
    for (_, unit, receiver) in WAITING.into_iter().filter(|&(when, ..)| when == week) {
        laundry_promises(stage, (unit, receiver))?;
    }
    match week {
        2 => rules_of_their_own(stage),
        18 => {
            let rows = tailors_on_the_list(stage)?;
            Motion::new("Mara Lindgren", Question::List(rows), LIST, 21).propose(stage).map(drop)
        }
        20 => vote(stage, LIST, |unit, place| {
            Some(if unit == "Lantern Electric" { 1 } else { u8::from(place % 3 == 2) * 2 })
        }),
        22 => they_ask_whether_the_laundry_stays(stage),
        24 => the_laundry_makes_good(stage),
        _ => Ok(()),
    }
}

/// The kitchen seeks consent, the joinery gives marks, and a baker names who helps if keys are lost.
fn rules_of_their_own(stage: &mut Stage) -> Result<(), Failed> {
    let share = Threshold::TwoThirds;
    let consent = Method { consent_tries: 2, count: Count::YesNo { share } };
    let scores = Method { consent_tries: 0, count: Count::Score {} };
    for (two, method) in
        [(["Rosa Campo", "Emil Stark"], consent), (["Greta Holm", "Pavel Novak"], scores)]
    {
        stage.act_of_two(two, Act::SetMethod(SetMethod { method }))?;
    }
    let helpers = ["Greta Holm", "Rosa Campo", "Jonas Field"];
    let helpers = helpers.into_iter().map(|name| stage.person(name)).collect::<Result<_, _>>()?;
    stage.act("Mara Lindgren", Act::NameHelpers(NameHelpers { helpers, needed: 2 }))?;
    Ok(())
}

/// What Artel drafts for the tailors, who also get weight.
fn tailors_on_the_list(stage: &Stage) -> Result<Vec<ListRow>, Failed> {
    let tailors = stage.unit_ref("Thimble Tailors")?;
    let drafted = stage.federation.draft_list().into_iter().filter(|row| row.unit == tailors);
    Ok(drafted.map(|row| ListRow { enrolled: true, ..row }).collect())
}

/// Both sides agree on a day; then the machine breaks.
fn laundry_promises(stage: &mut Stage, (unit, receiver): (&str, &str)) -> Result<(), Failed> {
    let proposal = ProposeContract {
        role: Role::Giver,
        with: stage.unit_ref(unit)?,
        version: stage.version("Load of laundry")?,
        quantity: quantity_of(stage, "Load of laundry", "2")?,
        terms: Terms::AtValue,
        answer_by: stage.now.plus_seconds(3 * 86_400),
        ceiling: CeilingWarning::NotRead,
        note: line("the big sheets")?,
    };
    let contract: Ref<Contract> = first_of(stage.act("Hana Sato", Act::ProposeContract(proposal))?);
    let ceiling = CeilingWarning::NotRead;
    stage.act(receiver, Act::AcceptContract(AcceptContract { contract, ceiling }))?;
    let when = stage.now.plus_seconds(3 * 86_400);
    let arrange = Arrange { contract, when, place: line("Mill Lane 8")? };
    stage.act("Hana Sato", Act::Arrange(arrange.clone()))?;
    stage.act(receiver, Act::Arrange(arrange))?;
    Ok(())
}

/// What the laundry owes those who wait.
fn overdue(stage: &Stage) -> Result<Vec<Failure>, Failed> {
    let mut cited = Vec::new();
    for (_, unit, _) in WAITING {
        let waits = stage.unit(unit)?;
        let failings = stage.federation.failings(stage.unit("Spin Laundry")?).into_iter();
        cited.extend(
            failings.filter(|failing| failing.receiver == waits).map(|one| one.failure).take(1),
        );
    }
    Ok(cited)
}

fn they_ask_whether_the_laundry_stays(stage: &mut Stage) -> Result<(), Failed> {
    let (unit, failures) = (stage.unit_ref("Spin Laundry")?, overdue(stage)?);
    let question = Question::Expel { unit, failures };
    let asked = Motion::new("Rosa Campo", question, EXPULSION, 25).propose(stage)?;
    let answer = "It is true, and we should have told you. The big machine stands still since spring and \
                  the part does not come. We were ashamed to end what we had promised. The Wheelhouse now \
                  makes the part; yours is done first.";
    let answer = say(stage, "Hana Sato", (asked, None), answer)?;
    let reply =
        "Had you said so we would have washed by hand together. I still want an answer from all.";
    say(stage, "Rosa Campo", (asked, Some(answer)), reply)?;
    Ok(())
}

/// The kitchen gets its sheets.
fn the_laundry_makes_good(stage: &mut Stage) -> Result<(), Failed> {
    let first = overdue(stage)?.into_iter().find_map(|failure| match failure {
        Failure::Overdue { contract } => Some(contract),
        Failure::Rejected { .. } => None,
    });
    let contract = first.ok_or_else(|| Failed::fault("the laundry owes nothing"))?;
    let id = stage.federation.find_contract(contract).map_err(refused)?;
    let quantity = stage.federation.contract(id).map_err(refused)?.left();
    let deliver = Deliver { contract, quantity, note: Line::default() };
    let delivery = first_of(stage.act("Ben Akers", Act::Deliver(deliver))?);
    stage.act("Rosa Campo", Act::AcceptDelivery(AcceptDelivery { delivery }))?;
    Ok(())
}

/// Fourteen days to answer are over: hardly anybody wants the laundry out.
pub(super) fn after_round(stage: &mut Stage, week: i64) -> Result<(), Failed> {
    if week != 24 {
        return Ok(());
    }
    vote(stage, EXPULSION, |unit, place| match (unit, place) {
        ("Plane & Saw", _) | ("Riverside Clinic", 0) => Some(0),
        ("Spin Laundry", _) => None,
        ("Common Pot", _) => Some(2),
        _ => Some(1),
    })
}
