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
    assert!(scene.federation.testified() <= stands);
    // The receipt comes in dated ten days back by the host, who sets the clock right again: its week
    // begins now all the same.
    let mut entry = scene.entry(signers[0], phrases::receipt(delivery));
    entry.time = stands;
    scene.apply(entry).unwrap();
    scene.wait_hours(1);
    let now = scene.now;
    assert_eq!(scene.federation.testified(), now);
    assert_eq!(scene.refused(bakery, phrases::accept_delivery(delivery)).code(), "still-time");
    scene.wait_days(7);
    scene.does(bakery, phrases::accept_delivery(delivery));
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
fn a_phone_that_shows_another_year_says_that_it_is_now_and_only_now() {
    let (mut scene, units) = five();
    let signers: Vec<_> = units.iter().map(|&unit| scene.signer(unit)).collect();
    let now = scene.now;
    for &careless in &signers[1..3] {
        says_ahead(&mut scene, careless, 3650);
    }
    scene.now = now.plus_days(federation::Days(1));
    says_ahead(&mut scene, signers[3], 3650);
    // The two have said what time it was yesterday.
    assert_eq!(scene.federation.testified(), now);
}

#[test]
fn three_units_that_say_the_same_hasten_nothing_beyond_the_hosts_clock() {
    let (mut scene, units) = five();
    let founded = scene.federation.testified();
    let signers: Vec<_> = units.iter().map(|&unit| scene.signer(unit)).collect();
    for _ in 0..60 {
        for &witness in &signers[1..4] {
            says_ahead(&mut scene, witness, 30);
        }
    }
    assert_eq!(scene.federation.testified(), founded);
    // Nothing begins before what they say, a month at most: they can put off what begins.
    assert_eq!(scene.federation.vouched(), founded.plus_days(federation::Days(30)));
}

#[test]
fn three_clocks_force_no_acceptance() {
    let (mut scene, units) = five();
    let version = scene.valued(units[1], "junk", 60);
    let contract = scene.agreed((units[1], units[4]), version, 5);
    let delivery = scene.handed_over(contract, 5);
    scene.does(units[4], phrases::receipt(delivery));
    let signers: Vec<_> = units.iter().map(|&unit| scene.signer(unit)).collect();
    for &witness in &signers[1..4] {
        says_ahead(&mut scene, witness, 30);
    }
    let refused = scene.refused(units[1], phrases::accept_delivery(delivery));
    assert_eq!(refused.code(), "still-time");
    scene.does(units[4], phrases::reject(delivery, 1));
}

#[test]
fn three_clocks_enrol_nobody_before_their_time() {
    let (mut scene, units) = five();
    let newcomer = member(1);
    scene.record(newcomer, phrases::join("swarm"));
    let swarm = scene.called("swarm");
    for &unit in &units[1..3] {
        let back = phrases::back(scene.unit(swarm), 1);
        scene.does(unit, back);
    }
    let version = scene.valued(swarm, "work", 1);
    for &unit in &units[1..4] {
        let contract = scene.agreed((swarm, unit), version, 1);
        scene.delivered(contract, 1);
    }
    let signers: Vec<_> = units.iter().map(|&unit| scene.signer(unit)).collect();
    for _ in 0..10 {
        for &witness in &signers[1..4] {
            says_ahead(&mut scene, witness, 30);
        }
    }
    assert!(!scene.federation.unit(swarm).unwrap().is_enrolled());
    scene.wait_days(93);
    assert!(scene.federation.unit(swarm).unwrap().is_enrolled());
}

#[test]
fn a_host_and_a_phone_of_its_own_put_the_time_no_further_ahead_than_a_month() {
    let (mut scene, units) = five();
    let now = scene.now;
    let host = scene.signer(units[0]);
    for _ in 0..5 {
        let mut entry = scene.entry(host, Act::AttestTime {});
        entry.statement.time = now.plus_days(federation::Days(3650));
        entry.time = scene.federation.host_time(entry.statement.time, entry.statement.time);
        assert!(entry.time <= now.plus_days(federation::Days(31)));
        scene.apply(entry).unwrap();
    }
    assert!(scene.federation.testified() <= now);
    scene.wait_days(32);
    assert_eq!(scene.federation.time(), scene.now);
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
fn where_one_unit_alone_can_vouch_it_takes_the_host_as_well() {
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
