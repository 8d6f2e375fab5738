//! How long the state machine takes for a round of 100,000 offers and needs among 1,000 units, step
//! by step. Run by `cargo run --release -p testkit --example living_round`; another number can
//! follow, and `areas` puts units into thirty villages and half of the wishes into one of them.

use std::time::Instant;

use circuits::Solving;
use federation::act::{Consent, DescribeUnit, HeldBy, SignPact, StandsFor, WishAct};
use federation::rows::{Round, Status, Unit, Version};
use federation::{Act, Area, Effect, Entry, Id, Line, Pact, Preference, Prose, Ref};
use measure::Hours;
use testkit::{Chance, Listed, Scene, member, name, phrases};

const FOUNDERS: u32 = 200;
const NEWCOMERS: u32 = 800;
const VERSIONS: usize = 400;

fn main() {
    let wishes: usize =
        std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let areas = std::env::args().any(|text| text == "areas");
    let mut chance = Chance::new(42);
    let mut scene = founded(areas);
    if areas {
        settle(&mut scene, &mut chance);
    }
    let versions = valued(&mut scene);
    let units: Vec<Id<Unit>> = scene.federation.units().map(|(id, _)| id).collect();
    let begun = Instant::now();
    for nth in 0..wishes {
        let area = (areas && chance.percent(50)).then(|| village(&mut chance));
        wish(&mut scene, &mut chance, (&units, &versions), (nth, area));
    }
    let each = begun.elapsed().as_micros() / u128::try_from(wishes).unwrap_or(1).max(1);
    println!("one offer or need recorded\t{each} µs");
    let by = units[0];
    let opened = scene.does(by, Act::OpenRound {});
    let Effect::Round(id) = opened else { panic!("{opened:?}") };
    let round = scene.federation.round_ref(id).unwrap_or_else(|| panic!("no round"));
    scene.wait_hours(72);
    timed("freeze", || scene.does(by, phrases::close(round)));
    pass(&mut scene, by, round, "first");
    answers(&mut scene, id);
    scene.wait_hours(36);
    timed("answers closed and frozen again", || scene.does(by, phrases::close(round)));
    pass(&mut scene, by, round, "re-solve");
}

fn timed<R>(what: &str, work: impl FnOnce() -> R) -> R {
    let begun = Instant::now();
    let done = work();
    println!("{what}\t{} ms", begun.elapsed().as_millis());
    done
}

/// One of thirty villages in five valleys.
fn village(chance: &mut Chance) -> Area {
    let path = format!("valley {}/village {}", chance.within(1, 5), chance.within(1, 6));
    Area::parse(&path).unwrap_or_else(|refused| panic!("{refused}"))
}

fn settle(scene: &mut Scene, chance: &mut Chance) {
    let units: Vec<Id<Unit>> = scene.federation.units().map(|(id, _)| id).collect();
    for unit in units {
        let (place, description) = (Line::default(), Prose::default());
        let area = Some(village(chance));
        scene.does(unit, Act::DescribeUnit(DescribeUnit { place, area, description }));
    }
}

fn founded(areas: bool) -> Scene {
    let listed = (0..FOUNDERS).map(|nth| {
        let mut listed = Listed::new(&format!("unit {nth}"), 1).base(2000);
        listed.row.counted_members = 10;
        listed
    });
    let mut order = vec![Preference::Expiry, Preference::Memory, Preference::Changes];
    if areas {
        order.insert(0, Preference::Nearness);
    }
    let mut scene = Scene::found_with(Pact { order, ..Pact::default() }, listed.collect());
    for nth in 0..NEWCOMERS {
        let newcomer = member(9_000_000 + u64::from(nth));
        let joins = SignPact::Newcomer {
            name: name(&format!("newcomer {nth}")),
            place: Line::default(),
            held_by: HeldBy::Device,
            about: None,
        };
        scene.record(newcomer, Act::SignPact(joins));
        let unit = Id::new(FOUNDERS + nth + 1);
        let backs = federation::act::Back { unit: scene.unit(unit), hours: Hours::whole(100) };
        scene.does(Id::new(nth % FOUNDERS + 1), Act::Back(backs));
    }
    scene
}

fn valued(scene: &mut Scene) -> Vec<Ref<Version>> {
    let founder = |nth: usize| Id::new(u32::try_from(nth).unwrap_or(0) % FOUNDERS + 1);
    (0..VERSIONS).map(|nth| scene.valued(founder(nth), &format!("thing {nth}"), 30)).collect()
}

/// Every other is a need; a tenth wants to be asked.
fn wish(
    scene: &mut Scene,
    chance: &mut Chance,
    (units, versions): (&[Id<Unit>], &[Ref<Version>]),
    (nth, area): (usize, Option<Area>),
) {
    let (Some(unit), Some(version)) = (chance.pick(units), chance.pick(versions)) else { return };
    let consent = if chance.percent(10) { Consent::Ask } else { Consent::Standing };
    let until = chance.percent(30).then(|| scene.now.plus_hours(24 * 30));
    let stands_for = StandsFor::Rounds;
    let wish = phrases::wish(version, chance.within(1, 20));
    let wish = WishAct { consent, stands_for, until, area, ..wish };
    let act = match nth % 2 {
        0 => Act::Offer(wish),
        _ => Act::Need(WishAct { value_max: Some(phrases::minutes(40)), ..wish }),
    };
    scene.does(unit, act);
}

/// Problem, plan and its recording.
fn pass(scene: &mut Scene, by: Id<Unit>, round: Ref<Round>, which: &str) {
    let Ok(id) = scene.federation.find_round(round) else { return };
    let request = timed(&format!("{which}: wishes copied"), || scene.federation.request(id));
    let Ok(request) = request else {
        println!("{which}: nothing to solve");
        return;
    };
    let problem = timed(&format!("{which}: problem set in order"), || {
        circuits::Round::try_new(request).unwrap_or_else(|refused| panic!("{refused}"))
    });
    let plan = timed(&format!("{which}: solved"), || finish(which, Solving::new(&problem)));
    timed(&format!("{which}: checked"), || circuits::check(&problem, &plan).is_ok());
    timed(&format!("{which}: matched"), || circuits::matches(&problem, &plan).len());
    let signer = scene.signer(by);
    let mut entry: Entry = scene.entry(signer, Act::AttestTime {});
    (entry.statement.act, entry.plan) = (phrases::plan(round), Some(plan.clone()));
    let effect = timed(&format!("{which}: plan recorded"), || scene.federation.apply(&entry));
    match effect.map(|outcome| outcome.effect) {
        Ok(Effect::Planned { contracts, .. }) => println!("{which}: contracts\t{contracts}"),
        other => panic!("{other:?}"),
    }
    let bytes = timed(&format!("{which}: state written"), || scene.federation.to_bytes().len());
    println!("{which}: state\t{} MB", bytes / 1_000_000);
    timed(&format!("{which}: state copied"), || scene.federation.clone().size());
}

/// Goes through all stages that are left.
fn finish(what: &str, mut solving: Solving<'_>) -> circuits::Plan {
    let mut stages = 0;
    while let Ok(Some(_)) = solving.next_stage() {
        stages += 1;
    }
    println!("{what}: stages\t{stages}");
    solving.plan()
}

/// Nine of ten say yes, one says no.
fn answers(scene: &mut Scene, id: Id<Round>) {
    let open: Vec<_> = scene.federation.contracts().filter(|(_, row)| row.is_proposed()).collect();
    let open: Vec<_> =
        open.into_iter().map(|(id, row)| (id, row.parties, row.status.clone())).collect();
    let begun = Instant::now();
    let mut acts: u128 = 0;
    for (nth, (contract, parties, status)) in open.iter().enumerate() {
        let Some(named) = scene.federation.contract_ref(*contract) else { continue };
        let Status::Proposed { giver, receiver, .. } = status else { continue };
        if nth % 10 == 0 {
            scene.does(parties.receiver, phrases::decline(named));
            acts += 1;
            continue;
        }
        for (unit, said) in [(parties.giver, giver), (parties.receiver, receiver)] {
            if !said.is_yes() {
                scene.does(unit, phrases::accept(named));
                acts += 1;
            }
        }
    }
    println!("answers\t{acts}");
    println!("one answer\t{} µs", begun.elapsed().as_micros() / acts.max(1));
    let all = timed("all answered?", || scene.federation.all_answered(id));
    println!("all answered\t{all:?}");
}
