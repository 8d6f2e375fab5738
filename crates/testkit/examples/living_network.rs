//! How long it takes to solve a round again after a few obligations have changed, beside solving it
//! from the beginning. Run by
//! `cargo run --release -p testkit --example living_network NETWORK COMMUNES [CHANGES]`, on
//! files that `data/network.py` and `data/sparse.py` write. Prints lines of a name and a figure, divided
//! by a tab. What is in a file is hundredths of hours; they are taken as so many whole hours.

use std::fs;
use std::time::Instant;

use circuits::{
    Again, Area, Label, Living, Obligation, Plan, Preference, Request, Round, Solving, Terms, Unit,
    UnitIndex, check,
};
use measure::Hours;
use testkit::Chance;

/// How often something changes. What follows from one change to the next differs a lot.
const TIMES: u32 = 10;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (network, communes) = (arguments.next(), arguments.next());
    let (Some(network), Some(communes)) = (network, communes) else {
        panic!("living_network NETWORK COMMUNES [CHANGES]");
    };
    let changes: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100);
    let mut request = read(&network, &communes);
    let begun = Instant::now();
    let living = Living::new(order(&request));
    let mut living = living.unwrap_or_else(|unsolved| panic!("{unsolved}"));
    figure("solved and kept, s", begun.elapsed().as_secs_f64());
    let (mut first, mut all, mut again, mut most, mut mended) = (0.0, 0.0, 0.0, 0.0_f64, 0);
    for _ in 0..TIMES {
        change(&mut request, changes);
        let changed = order(&request);
        let (scratch, seconds) = stages(&changed);
        let begun = Instant::now();
        let how = living.change(changed).unwrap_or_else(|unsolved| panic!("{unsolved}"));
        let warm = begun.elapsed().as_secs_f64();
        assert_eq!(living.plan().flows, scratch.flows, "another plan");
        assert_eq!(living.plan().stages.len(), scratch.stages.len(), "other stages");
        check(living.round(), living.plan()).unwrap_or_else(|flaw| panic!("{flaw}"));
        (first, all) = (first + seconds.0, all + seconds.1);
        (again, most) = (again + warm, most.max(warm));
        mended += u32::from(how == Again::Mended);
    }
    let times = f64::from(TIMES);
    println!("changed, of {} obligations\t{TIMES} times {changes}", request.obligations.len());
    println!("mended, not solved from the beginning\t{mended}");
    figure("all stages from the beginning, s", all / times);
    figure("all stages again, s", again / times);
    figure("all stages again, the longest, s", most);
    figure("one stage from the beginning, s", first / times);
}

fn figure(what: &str, seconds: f64) {
    println!("{what}\t{seconds:.4}");
}

/// The plan, and the seconds for the first stage and for all.
fn stages(round: &Round) -> (Plan, (f64, f64)) {
    let begun = Instant::now();
    let mut solving = Solving::new(round);
    let mut first = None;
    while let Ok(Some(_)) = solving.next_stage() {
        first.get_or_insert_with(|| begun.elapsed().as_secs_f64());
    }
    let plan = solving.plan();
    (plan, (first.unwrap_or(0.0), begun.elapsed().as_secs_f64()))
}

fn order(request: &Request) -> Round {
    Round::try_new(request.clone()).unwrap_or_else(|refused| panic!("{refused}"))
}

/// The round of a network: obligations among units without room, whose communes are their homes.
fn read(network: &str, communes: &str) -> Request {
    let text = |path| fs::read_to_string(path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    let homes = text(communes);
    let units = homes.lines().enumerate().map(|(unit, commune)| {
        let commune: u32 = commune.trim().parse().unwrap_or(0);
        let home = Area::try_new(&format!("r{}/c{commune}", commune / 10)).ok();
        let label = Label::from(unit.to_string().as_str());
        Unit { home, ..Unit::new(label, Hours::ZERO, Hours::ZERO) }
    });
    let obligations = text(network);
    let obligations = obligations.lines().skip(1).filter_map(|line| {
        let mut numbers = line.split(' ').filter_map(|number| number.parse::<u32>().ok());
        let (giver, receiver) = (UnitIndex(numbers.next()?), UnitIndex(numbers.next()?));
        let hours = Hours::from_seconds(3600 * i64::from(numbers.next()?))?;
        Some(Obligation { giver, receiver, hours })
    });
    Request {
        units: units.collect(),
        obligations: obligations.filter(|one| one.giver != one.receiver).collect(),
        terms: Terms { order: vec![Preference::Nearness], ..Terms::default() },
        seed: [7; 32],
        ..Request::default()
    }
}

/// What changes at one time: a third goes, a third comes new, and a third is twice or half as much.
fn change(request: &mut Request, changes: usize) {
    let mut chance = Chance::new(request.obligations.len() as u64);
    for nth in 0..changes {
        let place = chance.place(request.obligations.len());
        let Some(one) = request.obligations.get_mut(place) else { return };
        let doubled = Hours::from_seconds(2 * one.hours.seconds()).unwrap_or(one.hours);
        let halved = Hours::from_seconds(one.hours.seconds() / 7200 * 3600).unwrap_or(one.hours);
        match nth % 3 {
            0 => drop(request.obligations.swap_remove(place)),
            1 => one.hours = if chance.percent(50) { doubled } else { halved },
            _ => {
                let mut unit =
                    || UnitIndex(u32::try_from(chance.place(request.units.len())).unwrap_or(0));
                let (giver, receiver) = (unit(), unit());
                let hours = one.hours;
                if giver != receiver {
                    request.obligations.push(Obligation { giver, receiver, hours });
                }
            }
        }
    }
}
