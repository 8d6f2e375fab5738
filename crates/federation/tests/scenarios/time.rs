use federation::rows::Unit;
use federation::{Act, Id};
use testkit::{Listed, Scene, member, phrases};

use crate::Village;

/// The host hands in an act of their own, dated a year ahead.
fn jump_a_year(scene: &mut Scene, host: testkit::Member) {
    let mut entry = scene.entry(host, Act::AttestTime {});
    entry.statement.time = entry.time.plus_days(federation::Days(365));
    entry.time = entry.statement.time;
    assert_eq!(scene.apply(entry.clone()).unwrap_err().code(), "time-ahead");
    entry.time = scene.federation.host_time(entry.time, entry.time);
    scene.apply(entry).unwrap();
}

/// Somebody says what time it is, by a clock that runs so many days ahead.
fn says_ahead(scene: &mut Scene, who: testkit::Member, days: u16) {
    let mut entry = scene.entry(who, Act::AttestTime {});
    entry.statement.time = entry.statement.time.plus_days(federation::Days(days));
    scene.apply(entry).unwrap();
}

#[test]
fn a_host_whose_clock_jumps_a_year_ends_no_period() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let contract = scene.agreed((bakery, clinic), bread, 5);
    let delivery = scene.handed_over(contract, 5);
    scene.does(clinic, phrases::receipt(delivery));
    let testified = scene.federation.testified();
    // The bakery's first member hosts the record, and would like the week to be over.
    let host = scene.signer(bakery);
    jump_a_year(&mut scene, host);
    assert_eq!(scene.federation.testified(), testified);
    assert_eq!(scene.refused(bakery, phrases::accept_delivery(delivery)).code(), "still-time");
    assert_eq!(scene.federation.next_round_due(), scene.federation.founded());
    scene.does(clinic, phrases::reject(delivery, 1));
}

#[test]
fn the_host_moving_from_unit_to_unit_is_still_one_witness() {
    let Village { mut scene, bakery, clinic, farm, .. } = Village::new();
    let testified = scene.federation.testified();
    let host = scene.signer(bakery);
    for unit in [clinic, farm] {
        scene.record(host, Act::MemberLeaves {});
        scene.does(unit, phrases::admit_without_key(host.person));
        jump_a_year(&mut scene, host);
    }
    assert_eq!(scene.federation.testified(), testified);
}

#[test]
fn a_host_whose_clock_lags_hastens_nothing() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    let contract = scene.agreed((bakery, clinic), bread, 5);
    let delivery = scene.handed_over(contract, 5);
    // Ten days pass for everybody; the host's clock stands still.
    let stands = scene.federation.time();
    scene.now = scene.now.plus_days(federation::Days(10));
    let signers = [clinic, farm].map(|unit| scene.signer(unit));
    for signer in signers {
        let mut entry = scene.entry(signer, Act::AttestTime {});
        entry.time = stands;
        scene.apply(entry).unwrap();
    }
    // The receipt comes in dated ten days back by the host: its week begins now all the same.
    let mut entry = scene.entry(signers[0], phrases::receipt(delivery));
    entry.time = stands;
    scene.apply(entry).unwrap();
    assert_eq!(scene.refused(bakery, phrases::accept_delivery(delivery)).code(), "still-time");
}

#[test]
fn attesting_the_time_changes_no_entitlement_and_no_contract() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::eaten(7);
    let contract = scene.agreed((bakery, clinic), bread, 5);
    let before = (scene.row(contract).clone(), scene.entitlement(bakery));
    scene.wait_days(5000);
    assert_eq!((scene.row(contract).clone(), scene.entitlement(bakery)), before);
}

#[test]
fn statements_of_newcomers_vouch_for_no_time() {
    let Village { mut scene, .. } = Village::new();
    let testified = scene.federation.testified();
    scene.now = scene.now.plus_days(federation::Days(30));
    for number in 0..5 {
        scene.record(member(number), phrases::join(&format!("newcomer {number}")));
    }
    assert_eq!(scene.federation.testified(), testified);
}

#[test]
fn a_unit_that_nobody_backs_makes_fifty_acts_a_day_and_can_always_say_no() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    let newcomer = member(1);
    scene.record(newcomer, phrases::join("smithy"));
    let smithy = scene.called("smithy");
    let act = phrases::give(scene.unit(smithy), bread, 1);
    let proposed = scene.does(bakery, Act::ProposeContract(act));
    let contract = scene.contract(&proposed);
    for _ in 1..50 {
        scene.record(newcomer, Act::AttestTime {});
    }
    let refused = scene.try_act(newcomer, Act::AttestTime {}).unwrap_err();
    assert_eq!(refused.code(), "too-many-acts");
    scene.record(newcomer, phrases::decline(contract));
    // Whoever is backed acts as others do.
    let back = phrases::back(scene.unit(smithy), 1);
    scene.does(farm, back);
    scene.record(newcomer, Act::AttestTime {});
    scene.record(newcomer, Act::Leave {});
}

/// Five units, of which the first hosts.
fn five() -> (Scene, Vec<Id<Unit>>) {
    let names = ["bakery", "clinic", "farm", "mill", "school"];
    let scene = Scene::found(names.map(|name| Listed::new(name, 2)).to_vec());
    let units = names.map(|name| scene.called(name)).to_vec();
    (scene, units)
}

#[test]
fn a_time_is_testified_once_three_units_have_dated_a_statement_then_or_later() {
    let (mut scene, units) = five();
    let testified = scene.federation.testified();
    scene.now = scene.now.plus_days(federation::Days(10));
    let tenth = scene.now;
    let signers: Vec<_> = units.iter().map(|&unit| scene.signer(unit)).collect();
    for &witness in &signers[0..3] {
        // The host's own unit, and then two others: two are not enough.
        scene.record(witness, Act::AttestTime {});
        assert_eq!(scene.federation.testified(), testified);
    }
    scene.now = scene.now.plus_days(federation::Days(1));
    scene.record(signers[3], Act::AttestTime {});
    assert_eq!(scene.federation.testified(), tenth);
}

#[test]
fn the_testified_time_never_goes_back() {
    let (mut scene, units) = five();
    scene.now = scene.now.plus_days(federation::Days(10));
    for &witness in &units[1..4] {
        let signer = scene.signer(witness);
        scene.record(signer, Act::AttestTime {});
    }
    let testified = scene.now;
    assert_eq!(scene.federation.testified(), testified);
    // The host moves to a unit that bore witness; what is left is older.
    let host = scene.signer(units[0]);
    scene.record(host, Act::MemberLeaves {});
    scene.does(units[1], phrases::admit_without_key(host.person));
    assert_eq!(scene.federation.testified(), testified);
}

#[test]
fn dates_far_ahead_are_made_good_within_a_month() {
    let (mut scene, units) = five();
    let signers: Vec<_> = units.iter().map(|&unit| scene.signer(unit)).collect();
    for &careless in &signers[1..3] {
        says_ahead(&mut scene, careless, 3650);
    }
    scene.wait_days(31);
    let now = scene.now;
    assert_eq!(scene.federation.testified(), now);
    // Two clocks that were wrong once help nobody to end anything.
    says_ahead(&mut scene, signers[3], 3650);
    assert_eq!(scene.federation.testified(), now);
    // Nor does the host's time follow one member's by more than a month, and that passes too.
    let mut entry = scene.entry(signers[3], Act::AttestTime {});
    entry.statement.time = now.plus_days(federation::Days(3650));
    entry.time = scene.federation.host_time(entry.statement.time, entry.statement.time);
    assert!(entry.time <= now.plus_days(federation::Days(31)));
    scene.apply(entry).unwrap();
    scene.wait_days(32);
    assert_eq!(scene.federation.time(), scene.now);
}

#[test]
fn three_units_that_say_the_same_move_the_time_by_a_month_at_most() {
    let (mut scene, units) = five();
    let founded = scene.federation.testified();
    let signers: Vec<_> = units.iter().map(|&unit| scene.signer(unit)).collect();
    for &witness in &signers[1..4] {
        assert_eq!(scene.federation.testified(), founded);
        says_ahead(&mut scene, witness, 3650);
    }
    assert_eq!(scene.federation.testified(), founded.plus_days(federation::Days(30)));
}

#[test]
fn nobody_who_goes_from_unit_to_unit_is_several_witnesses() {
    let (mut scene, units) = five();
    let testified = scene.federation.testified();
    let one = scene.signers(units[1])[1];
    says_ahead(&mut scene, one, 20);
    for &unit in &units[2..4] {
        scene.record(one, Act::MemberLeaves {});
        scene.does(unit, phrases::admit_without_key(one.person));
        says_ahead(&mut scene, one, 20);
    }
    assert_eq!(scene.federation.testified(), testified);
}

#[test]
fn where_one_unit_alone_can_vouch_it_goes_no_further_than_the_host() {
    let mut scene = Scene::found(vec![Listed::new("bakery", 1), Listed::new("clinic", 1)]);
    let testified = scene.federation.testified();
    let signer = scene.signer(scene.called("clinic"));
    says_ahead(&mut scene, signer, 20);
    assert_eq!(scene.federation.testified(), testified);
    scene.wait_days(3);
    assert_eq!(scene.federation.testified(), scene.now);
}

#[test]
fn saying_what_time_it_is_wakes_nobody() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    for _ in 0..2 {
        let asked = scene.proposed(bakery, federation::act::Question::Text {});
        scene.wait_for_close(asked);
        scene.wait_days(61);
    }
    assert!(scene.federation.unit(farm).unwrap().is_asleep());
    scene.does(farm, phrases::form_circle("fields"));
    assert!(!scene.federation.unit(farm).unwrap().is_asleep());
}
