use federation::act::{
    AcceptContract, AcceptDelivery, CeilingWarning, CloseRound, DeclineContract, Deliver, Receipt,
    RejectDelivery,
};
use federation::rows::{Contract, Phase, Round};
use federation::{Act, Effect, Federation, Id, Line, Prose, Ref, Refusal, Time};

use crate::Failed;

use super::stage::{Stage, line, refused};
use super::swap;

/// The week in which a chair is sent back.
const WEEK_OF_THE_CHAIR: i64 = 4;

/// A fortnight: a round from its opening to its end, and the deliveries that come of it. The last
/// one is still under way when the visitor comes.
pub(super) fn live(stage: &mut Stage, week: i64, now: Time) -> Result<(), Failed> {
    everybody_speaks(stage)?;
    stage.act("Rosa Campo", Act::OpenRound {})?;
    let Some((round, opened)) = stage.federation.rounds().next_back() else { return Ok(()) };
    let Phase::Open { until } = opened.phase else { return Ok(()) };
    if until > now {
        return Ok(());
    }
    stage.go_to(until.plus_seconds(1800));
    for pass in 0..2 {
        everybody_speaks(stage)?;
        close(stage, round)?;
        if pass == 0 {
            swap::carry_out(stage, round)?;
        }
        if !is_solving(&stage.federation, round) {
            break;
        }
        stage.plan("Emil Stark", round)?;
        stage.minutes(180);
        answer(stage, round, week + pass)?;
        stage.minutes(60 * 8);
    }
    if stage.federation.round(round).map_err(refused)?.phase != Phase::Finished {
        everybody_speaks(stage)?;
        close(stage, round)?;
    }
    deliver_all(stage, round, week)
}

/// Somebody of each unit says something, so that the time is vouched for.
pub(super) fn everybody_speaks(stage: &mut Stage) -> Result<(), Failed> {
    for name in ["Hana Sato", "Brigid Moore", "Samir Aziz", "Ines Duarte"] {
        stage.act(name, Act::AttestTime {})?;
    }
    Ok(())
}

fn close(stage: &mut Stage, round: Id<Round>) -> Result<(), Failed> {
    let named = stage.federation.round_ref(round);
    let round = named.ok_or_else(|| Failed::fault("a round of the sample has no name"))?;
    stage.act("Olga Petrova", Act::CloseRound(CloseRound { round }))?;
    Ok(())
}

fn is_solving(federation: &Federation, round: Id<Round>) -> bool {
    let phase = federation.round(round).map(|row| row.phase);
    matches!(phase, Ok(Phase::Solving { .. }))
}

/// The contracts of a round's newest plan.
fn newest(stage: &Stage, round: Id<Round>) -> Result<Vec<Id<Contract>>, Failed> {
    let row = stage.federation.round(round).map_err(refused)?;
    Ok(row.plans.last().map(|plan| plan.contracts.clone()).unwrap_or_default())
}

/// Whoever is asked answers, now and then with a no.
fn answer(stage: &mut Stage, round: Id<Round>, week: i64) -> Result<(), Failed> {
    for id in newest(stage, round)? {
        let row = stage.federation.contract(id).map_err(refused)?.clone();
        let federation::rows::Status::Proposed { giver, receiver, .. } = row.status else {
            continue;
        };
        let contract = contract_ref(stage, id)?;
        let sides = [(row.parties.giver, giver), (row.parties.receiver, receiver)];
        for (unit, _) in sides.into_iter().filter(|(_, said)| !said.is_yes()) {
            let by = stage.speaker(unit)?;
            let declines = (week + i64::from(id.number())) % 9 == 5;
            if declines {
                let reason = line("not this week, we are short of hands")?;
                stage.act(by, Act::DeclineContract(DeclineContract { contract, reason }))?;
                break;
            }
            let ceiling = CeilingWarning::NotRead;
            stage.act(by, Act::AcceptContract(AcceptContract { contract, ceiling }))?;
        }
    }
    Ok(())
}

/// Everything agreed in the round is delivered; what its receiver has no room for yet comes after
/// the others.
fn deliver_all(stage: &mut Stage, round: Id<Round>, week: i64) -> Result<(), Failed> {
    for _ in 0..3 {
        let plans = stage.federation.round(round).map_err(refused)?.plans.iter();
        let contracts: Vec<_> = plans.flat_map(|plan| plan.contracts.clone()).collect();
        for id in contracts {
            if stage.federation.contract(id).map_err(refused)?.is_agreed() {
                stage.minutes(20);
                deliver(stage, id, week)?;
            }
        }
    }
    Ok(())
}

fn deliver(stage: &mut Stage, id: Id<Contract>, week: i64) -> Result<(), Failed> {
    let row = stage.federation.contract(id).map_err(refused)?.clone();
    let contract = contract_ref(stage, id)?;
    let (giver, receiver) =
        (stage.speaker(row.parties.giver)?, stage.speaker(row.parties.receiver)?);
    let room = stage.federation.unit(row.parties.receiver).map_err(refused)?.room_now();
    let fits = row.value.steps_within(room, row.decimals).unwrap_or(row.left());
    let quantity = row.left().min(fits);
    if quantity.is_zero() {
        return Ok(());
    }
    let act = Deliver { contract, quantity, note: Line::default() };
    let (made, _) = stage.act(giver, Act::Deliver(act))?;
    let delivery = Ref::new(made, 0);
    if is_chair(&stage.federation, &row) && week == WEEK_OF_THE_CHAIR && row.deliveries.is_empty() {
        stage.act(receiver, Act::Receipt(Receipt { delivery }))?;
        let reason = Prose::parse("One leg is 4 mm short; it rocks on a stone floor.");
        let reason = reason.map_err(Failed::fault)?;
        stage.act(receiver, Act::RejectDelivery(RejectDelivery { delivery, clause: 2, reason }))?;
        return Ok(());
    }
    if id.number() % 3 == 1 {
        stage.act(receiver, Act::Receipt(Receipt { delivery }))?;
        stage.minutes(90);
    }
    stage.act(receiver, Act::AcceptDelivery(AcceptDelivery { delivery }))?;
    Ok(())
}

fn is_chair(federation: &Federation, row: &Contract) -> bool {
    let name = || {
        let specification = federation.version(row.version)?.specification;
        Ok::<_, Refusal>(federation.specification(specification)?.name.as_str() == "Chair")
    };
    name().unwrap_or(false)
}

/// How statements name a contract.
pub(super) fn contract_ref(stage: &Stage, id: Id<Contract>) -> Result<Ref<Contract>, Failed> {
    let named = stage.federation.contract_ref(id);
    named.ok_or_else(|| Failed::fault("a contract of the sample has no name"))
}

/// The statement of an act, where what it made is a single thing.
pub(super) fn first_of<T>((made, _): (federation::StatementId, Effect)) -> Ref<T> {
    Ref::new(made, 0)
}
