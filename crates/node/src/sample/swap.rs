use federation::act::{
    AcceptContract, AcceptDelivery, BringThing, CeilingWarning, Deliver, Nature,
    ProposeSpecification, WouldTake,
};
use federation::rows::{Round, Thing, Version};
use federation::{Act, Id, Prose, Ref};
use measure::Measure;

use crate::Failed;

use super::stage::{Stage, line, name, refused};
use super::weeks::{contract_ref, first_of};

/// What used things are to be, whatever they are.
const USED: &str = "Used thing";

/// A trailer, a bench and a cooker that go round in spring.
pub(super) fn in_spring(stage: &mut Stage) -> Result<(), Failed> {
    let act = ProposeSpecification {
        name: name(USED)?,
        nature: Nature::Good,
        measure: Measure::try_new("piece", 0).map_err(Failed::fault)?,
        clauses: vec![
            line("It works as it is described")?,
            line("Clean, and with all that belongs to it")?,
        ],
        about: Prose::parse("For swaps. Each says which one it is.").map_err(Failed::fault)?,
    };
    stage.act("Olga Petrova", Act::ProposeSpecification(act))?;
    let trailer = bring(stage, "Wheelhouse", "a bicycle trailer for 60 kg")?;
    let bench = bring(stage, "Plane & Saw", "a workbench of beech, 2 m")?;
    let cooker = bring(stage, "Common Pot", "a gas cooker with four flames")?;
    take(stage, "Wheelhouse", trailer, vec![bench, cooker])?;
    take(stage, "Plane & Saw", bench, vec![cooker])?;
    take(stage, "Common Pot", cooker, vec![trailer])
}

/// What is in the swap when the visitor comes; the round that is open will find a ring in it.
pub(super) fn lately(stage: &mut Stage) -> Result<(), Failed> {
    let mixer = bring(stage, "Stone Oven Bakery", "a dough mixer for 20 litres, a little loud")?;
    let barrow = bring(stage, "Meadow Farm", "a wheelbarrow with a new tyre")?;
    let mangle = bring(stage, "Spin Laundry", "a mangle, 80 cm wide")?;
    let shelf = bring(stage, "Riverside Clinic", "a steel shelf, five boards")?;
    take(stage, "Stone Oven Bakery", mixer, vec![shelf, barrow])?;
    take(stage, "Meadow Farm", barrow, vec![mixer])?;
    take(stage, "Riverside Clinic", shelf, vec![mangle, mixer])?;
    take(stage, "Spin Laundry", mangle, vec![shelf])
}

/// Everybody in the rings of a round says yes, and hands over.
pub(super) fn carry_out(stage: &mut Stage, round: Id<Round>) -> Result<(), Failed> {
    let swaps = stage.federation.round(round).map_err(refused)?.swaps.clone();
    for id in swaps.iter().flatten() {
        let giver = stage.federation.contract(*id).map_err(refused)?.parties.giver;
        let (by, contract) = (stage.speaker(giver)?, contract_ref(stage, *id)?);
        let ceiling = CeilingWarning::NotRead;
        stage.minutes(45);
        stage.act(by, Act::AcceptContract(AcceptContract { contract, ceiling }))?;
    }
    for id in swaps.into_iter().flatten() {
        let row = stage.federation.contract(id).map_err(refused)?.clone();
        let contract = contract_ref(stage, id)?;
        let (by, to) = (stage.speaker(row.parties.giver)?, stage.speaker(row.parties.receiver)?);
        let deliver = Deliver { contract, quantity: row.quantity, note: line("")? };
        stage.minutes(90);
        let delivery = first_of(stage.act(by, Act::Deliver(deliver))?);
        stage.act(to, Act::AcceptDelivery(AcceptDelivery { delivery }))?;
    }
    Ok(())
}

fn bring(stage: &mut Stage, unit: &str, what: &str) -> Result<Ref<Thing>, Failed> {
    let by = stage.speaker(stage.unit(unit)?)?;
    let quantity = measure::Quantity::from_steps(1).unwrap_or_default();
    let act = BringThing { version: used(stage)?, quantity, what: line(what)? };
    Ok(first_of(stage.act(by, Act::BringThing(act))?))
}

fn take(
    stage: &mut Stage,
    unit: &str,
    thing: Ref<Thing>,
    instead: Vec<Ref<Thing>>,
) -> Result<(), Failed> {
    let by = stage.speaker(stage.unit(unit)?)?;
    stage.act(by, Act::WouldTake(WouldTake { thing, instead }))?;
    Ok(())
}

/// The version that used things are swapped under; it has no value.
fn used(stage: &Stage) -> Result<Ref<Version>, Failed> {
    let mut specifications = stage.federation.specifications();
    let row = specifications.find(|(_, row)| row.name.as_str() == USED).map(|(_, row)| row);
    let first = row.and_then(|row| row.versions.first().copied());
    let named = first.and_then(|id| stage.federation.version_ref(id));
    named.ok_or_else(|| Failed::fault("nothing in the sample is called so"))
}
