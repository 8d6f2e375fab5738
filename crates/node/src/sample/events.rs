use federation::act::{
    AcceptContract, AcceptDelivery, AgreeValue, AlreadyDone, AnnounceLeaving, Arrange, Back,
    CeilingWarning, Comment, Consent, Correct, CounterValue, Deliver, EndContract, ProposeContract,
    Receipt, Role, Side, StandsFor, Terms, Topic, WishAct, Withdraw,
};
use federation::rows::{Contract, Delivery, Progress};
use federation::{Act, Prose, Ref};
use measure::{Hours, Value};

use crate::Failed;

use super::stage::{Stage, line, refused};
use super::swap;
use super::village::{self, quantity_of};
use super::wares::{PRINTING, SEWING};
use super::weeks::first_of;

/// What happens in a week before its round opens.
pub(super) fn before_round(stage: &mut Stage, week: i64) -> Result<(), Failed> {
    match week {
        2 => someone_without_a_device(stage),
        6 => swap::in_spring(stage),
        8 => tailors_join(stage),
        12 => bread_is_agreed(stage),
        14 => electricians_announce(stage),
        16 => electricians_leave(stage),
        18 => printers_join_with_a_gift(stage),
        20 => a_delivery_is_corrected(stage),
        22 => something_was_done_already(stage),
        24 => a_contract_is_ended(stage),
        _ => Ok(()),
    }
}

/// What is on the way when the visitor comes.
pub(super) fn lately(stage: &mut Stage) -> Result<(), Failed> {
    chairs_for_the_hall(stage)?;
    a_bicycle_waits(stage)?;
    swap::lately(stage)
}

/// Old Wenzel has no telephone; two members of the farm write down what he wants.
fn someone_without_a_device(stage: &mut Stage) -> Result<(), Failed> {
    let wenzel = stage.admit("Jonas Field", "Wenzel Kraus", false)?;
    let act = WishAct {
        versions: vec![stage.version("Chair")?],
        quantity: quantity_of(stage, "Chair", "1")?,
        value_max: None,
        stands_for: StandsFor::Both,
        consent: Consent::Ask,
        every_days: None,
        from: None,
        until: None,
        area: None,
    };
    stage.act_for(["Jonas Field", "Ines Duarte"], wenzel, Act::Need(act))?;
    Ok(())
}

/// Newcomers have no room of their own; the bakery lends them some of its.
fn tailors_join(stage: &mut Stage) -> Result<(), Failed> {
    stage.join("Farah Nasser", "Thimble Tailors", "Mill Lane 5")?;
    stage.admit("Farah Nasser", "Yusuf Demir", true)?;
    let back = Back { unit: stage.unit_ref("Thimble Tailors")?, hours: Hours::whole(12) };
    stage.act_of_two(["Mara Lindgren", "Tomas Reed"], Act::Back(back))?;
    village::introduce_ware(stage, &SEWING)?;
    for (unit, quantity) in [("Meadow Farm", "3"), ("Reed Housing", "4"), ("Riverside Clinic", "3")]
    {
        village::want(stage, unit, "Mended garment", quantity)?;
    }
    for (specification, quantity) in [("Bread", "5"), ("Warm meal", "6"), ("Vegetable box", "1")] {
        village::want(stage, "Thimble Tailors", specification, quantity)?;
    }
    Ok(())
}

/// Bread is asked at 0:20; the kitchen answers 0:16; they meet at 0:18, and most of those who
/// receive it sign.
fn bread_is_agreed(stage: &mut Stage) -> Result<(), Failed> {
    let asked = stage.version("Bread")?;
    let counter = CounterValue {
        version: asked,
        value: value("0:16")?,
        reasons: prose("You bake for many more than at the beginning; an hour makes more loaves.")?,
    };
    stage.act("Rosa Campo", Act::CounterValue(counter))?;
    let counter = CounterValue {
        version: asked,
        value: value("0:18")?,
        reasons: prose("The oven is full now, true. But the wood got dearer in hours: 0:18.")?,
    };
    stage.act("Mara Lindgren", Act::CounterValue(counter))?;
    let signers = [
        "Mara Lindgren",
        "Rosa Campo",
        "Jonas Field",
        "Ada Brook",
        "Noor Haddad",
        "Greta Holm",
        "Olga Petrova",
    ];
    for by in signers {
        let act = AgreeValue { version: asked, value: value("0:18")? };
        let (_, effect) = stage.act(by, Act::AgreeValue(act))?;
        if matches!(effect, federation::Effect::Version(_)) {
            break;
        }
    }
    let bakery = stage.unit("Stone Oven Bakery")?;
    let standing: Vec<_> = stage
        .federation
        .wishes_of(bakery, Side::Offer)
        .filter_map(|(id, _)| stage.federation.wish_ref(id))
        .collect();
    for wish in standing {
        stage.act("Tomas Reed", Act::Withdraw(Withdraw { wish }))?;
    }
    village::offer(stage, "Stone Oven Bakery", "Bread", "130")?;
    want_bread_at_the_new_value(stage, asked)
}

/// Whoever wanted bread at the old value wants it at the new one, or else at the old.
fn want_bread_at_the_new_value(
    stage: &mut Stage,
    asked: Ref<federation::rows::Version>,
) -> Result<(), Failed> {
    let old = stage.federation.find_version(asked).map_err(refused)?;
    let new = stage.version("Bread")?;
    let needs = stage.federation.standing_wishes(Side::Need);
    let needs = needs.filter(|(_, row)| row.versions.contains(&old));
    let needs: Vec<_> = needs.map(|(id, row)| (id, row.clone())).collect();
    for (id, row) in needs {
        let Some(wish) = stage.federation.wish_ref(id) else { continue };
        let by = stage.speaker(row.unit)?;
        stage.act(by, Act::Withdraw(Withdraw { wish }))?;
        let act = WishAct {
            versions: vec![new, asked],
            quantity: row.quantity,
            value_max: row.value_max,
            stands_for: row.stands_for,
            consent: row.consent,
            every_days: row.every_days,
            from: row.from,
            until: row.until,
            area: row.area,
        };
        stage.act(by, Act::Need(act))?;
    }
    Ok(())
}

fn electricians_announce(stage: &mut Stage) -> Result<(), Failed> {
    let by = AnnounceLeaving { by: stage.now.plus_seconds(14 * 86_400) };
    stage.act_of_two(["Viktor Lund", "Cleo Hart"], Act::AnnounceLeaving(by))?;
    Ok(())
}

/// They move to the coast. Their row stays in the books, with what is left on it.
fn electricians_leave(stage: &mut Stage) -> Result<(), Failed> {
    stage.act_of_two(["Viktor Lund", "Cleo Hart"], Act::Leave {})?;
    Ok(())
}

/// Nobody backs the printers; they begin by giving.
fn printers_join_with_a_gift(stage: &mut Stage) -> Result<(), Failed> {
    stage.join("Dita Vogel", "Newleaf Print", "Old Tannery, back yard")?;
    village::introduce_ware(stage, &PRINTING)?;
    let act = ProposeContract {
        role: Role::Giver,
        with: stage.unit_ref("Riverside Clinic")?,
        version: stage.version("Printed sheets")?,
        quantity: quantity_of(stage, "Printed sheets", "4")?,
        terms: Terms::Gift,
        answer_by: stage.now.plus_seconds(5 * 86_400),
        ceiling: CeilingWarning::NotRead,
        note: line("leaflets for the waiting room, so that you get to know us")?,
    };
    let contract = first_of(stage.act("Dita Vogel", Act::ProposeContract(act))?);
    carry_out(stage, contract, ("Dita Vogel", "Noor Haddad"))?;
    for (unit, quantity) in [("Riverside Clinic", "4"), ("Common Pot", "3"), ("Reed Housing", "3")]
    {
        village::want(stage, unit, "Printed sheets", quantity)?;
    }
    village::want(stage, "Newleaf Print", "Warm meal", "6")?;
    village::want(stage, "Newleaf Print", "Bread", "2")
}

/// Accepts a contract, delivers all of it and accepts the delivery.
fn carry_out(
    stage: &mut Stage,
    contract: Ref<Contract>,
    (giver, receiver): (&str, &str),
) -> Result<(), Failed> {
    let ceiling = CeilingWarning::NotRead;
    stage.act(receiver, Act::AcceptContract(AcceptContract { contract, ceiling }))?;
    let id = stage.federation.find_contract(contract).map_err(refused)?;
    let quantity = stage.federation.contract(id).map_err(refused)?.quantity;
    stage.minutes(200);
    let delivery =
        first_of(stage.act(giver, Act::Deliver(Deliver { contract, quantity, note: line("")? }))?);
    stage.act(receiver, Act::AcceptDelivery(AcceptDelivery { delivery }))?;
    Ok(())
}

/// The farm and the kitchen find that one box was short.
fn a_delivery_is_corrected(stage: &mut Stage) -> Result<(), Failed> {
    let (farm, kitchen) = (stage.unit("Meadow Farm")?, stage.unit("Common Pot")?);
    let latest = stage.federation.deliveries().rev().find(|(_, row)| {
        let contract = stage.federation.contract(row.contract);
        let theirs =
            contract.is_ok_and(|c| c.parties.giver == farm && c.parties.receiver == kitchen);
        theirs && matches!(row.progress, Progress::Accepted { .. }) && row.quantity.steps() > 1
    });
    let Some((id, row)) = latest else { return Ok(()) };
    let quantity = measure::Quantity::from_steps(row.quantity.steps() - 1).unwrap_or_default();
    let delivery: Option<Ref<Delivery>> = stage.federation.delivery_ref(id);
    let Some(delivery) = delivery else { return Ok(()) };
    let act = Correct { delivery, quantity, reason: line("one box was left on the cart")? };
    stage.act("Rosa Campo", Act::Correct(act.clone()))?;
    stage.act("Ines Duarte", Act::Correct(act))?;
    Ok(())
}

/// A wheel was trued at the dairy without anybody writing it down first.
fn something_was_done_already(stage: &mut Stage) -> Result<(), Failed> {
    let act = AlreadyDone {
        role: Role::Giver,
        with: stage.unit_ref("Hilltop Dairy")?,
        version: stage.version("Bicycle repair")?,
        quantity: quantity_of(stage, "Bicycle repair", "1.25")?,
        terms: Terms::AtValue,
        ceiling: CeilingWarning::NotRead,
        happened: stage.now.plus_seconds(-86_400),
        note: line("the milk cart's wheel, on the road")?,
    };
    let contract = first_of(stage.act("Leo Marsh", Act::AlreadyDone(act))?);
    let ceiling = CeilingWarning::NotRead;
    stage.act("Anton Weiss", Act::AcceptContract(AcceptContract { contract, ceiling }))?;
    Ok(())
}

/// The laundry's machine breaks down; it ends what it had promised the farm.
fn a_contract_is_ended(stage: &mut Stage) -> Result<(), Failed> {
    let proposal = ProposeContract {
        role: Role::Giver,
        with: stage.unit_ref("Meadow Farm")?,
        version: stage.version("Load of laundry")?,
        quantity: quantity_of(stage, "Load of laundry", "10")?,
        terms: Terms::AtValue,
        answer_by: stage.now.plus_seconds(3 * 86_400),
        ceiling: CeilingWarning::NotRead,
        note: line("the field kitchen's tablecloths")?,
    };
    let contract = first_of(stage.act("Hana Sato", Act::ProposeContract(proposal))?);
    let ceiling = CeilingWarning::NotRead;
    stage.act("Ines Duarte", Act::AcceptContract(AcceptContract { contract, ceiling }))?;
    stage.minutes(600);
    let reason = line("the big machine is broken, we cannot do them this month")?;
    stage.act("Ben Akers", Act::EndContract(EndContract { contract, reason }))?;
    Ok(())
}

/// The joiners and the kitchen talk about chairs for the market hall: a day, a place, half
/// delivered, and one of them waiting to be accepted.
fn chairs_for_the_hall(stage: &mut Stage) -> Result<(), Failed> {
    let proposal = ProposeContract {
        role: Role::Receiver,
        with: stage.unit_ref("Plane & Saw")?,
        version: stage.version("Chair")?,
        quantity: quantity_of(stage, "Chair", "2")?,
        terms: Terms::AtValue,
        answer_by: stage.now.plus_seconds(6 * 86_400),
        ceiling: CeilingWarning::NotRead,
        note: line("for the table by the window")?,
    };
    let contract = first_of(stage.act("Rosa Campo", Act::ProposeContract(proposal))?);
    let accept = AcceptContract { contract, ceiling: CeilingWarning::Understood };
    stage.act("Greta Holm", Act::AcceptContract(accept))?;
    let when = stage.now.plus_seconds(26 * 3600);
    let arrange = Arrange { contract, when, place: line("Market Hall, side door")? };
    stage.act("Emil Stark", Act::Arrange(arrange.clone()))?;
    stage.act("Pavel Novak", Act::Arrange(arrange))?;
    let (words, body) = stage.words("We bring one today and one tomorrow. Mind the fresh oil.")?;
    stage.act_with(
        "Pavel Novak",
        Act::Comment(Comment { on: Topic::Contract(contract), answers: None, words }),
        vec![body],
    )?;
    let one = quantity_of(stage, "Chair", "1")?;
    let act = Deliver { contract, quantity: one, note: line("the first of two")? };
    let delivery = first_of(stage.act("Pavel Novak", Act::Deliver(act))?);
    stage.act("Emil Stark", Act::Receipt(Receipt { delivery }))?;
    Ok(())
}

/// The workshop proposes a repair to the bakery, which has not answered yet.
fn a_bicycle_waits(stage: &mut Stage) -> Result<(), Failed> {
    let proposal = ProposeContract {
        role: Role::Giver,
        with: stage.unit_ref("Stone Oven Bakery")?,
        version: stage.version("Bicycle repair")?,
        quantity: quantity_of(stage, "Bicycle repair", "2.5")?,
        terms: Terms::AtValue,
        answer_by: stage.now.plus_seconds(4 * 86_400),
        ceiling: CeilingWarning::NotRead,
        note: line("both delivery bicycles before the market day")?,
    };
    stage.act("Ada Brook", Act::ProposeContract(proposal))?;
    Ok(())
}

fn value(text: &str) -> Result<Value, Failed> {
    Value::parse(text).map_err(Failed::fault)
}

fn prose(text: &str) -> Result<Prose, Failed> {
    Prose::parse(text).map_err(Failed::fault)
}
