use federation::rows::{Enrolled, Unit, Version};
use federation::{Act, Id, Ref};
use testkit::{Listed, Scene, member, phrases};

/// Five founding units, of which none backs another, and newcomers.
struct Valley {
    scene: Scene,
    founders: Vec<Id<Unit>>,
}

impl Valley {
    fn new() -> Self {
        let names = ["bakery", "clinic", "farm", "mill", "pottery"];
        let mut scene = Scene::found(names.map(|name| Listed::new(name, 2)).to_vec());
        let founders = names.map(|name| scene.called(name)).to_vec();
        // The first unit hosts, and four others say what time it is.
        scene.wait_days(1);
        Self { scene, founders }
    }

    fn newcomer(&mut self, number: u64) -> Id<Unit> {
        let name = format!("newcomer {number}");
        self.scene.record(member(number), phrases::join(&name));
        self.scene.called(&name)
    }

    fn backed(&mut self, unit: Id<Unit>, by: &[usize]) {
        let act = phrases::back(self.scene.unit(unit), 1);
        for &founder in by {
            self.scene.does(self.founders[founder], act.clone());
        }
    }

    /// A newcomer gives an hour to each of these.
    fn gives(&mut self, unit: Id<Unit>, to: &[usize]) {
        let name = self.scene.federation.unit(unit).unwrap().name.to_string();
        let version: Ref<Version> = self.scene.valued(unit, &format!("work of {name}"), 60);
        for &founder in to {
            let contract = self.scene.agreed((unit, self.founders[founder]), version, 1);
            self.scene.delivered(contract, 1);
        }
    }

    /// A newcomer with everything that it takes, but for the days.
    fn trusted(&mut self, number: u64) -> Id<Unit> {
        let unit = self.newcomer(number);
        self.backed(unit, &[0, 1]);
        self.gives(unit, &[2, 3, 4]);
        unit
    }

    fn enrolled(&self, unit: Id<Unit>) -> bool {
        federation::invariants::check(&self.scene.federation).unwrap();
        self.scene.federation.unit(unit).unwrap().is_enrolled()
    }
}

#[test]
fn a_newcomer_that_others_trust_and_live_from_is_enrolled_by_itself() {
    let mut valley = Valley::new();
    let smithy = valley.trusted(1);
    valley.scene.wait_days(89);
    assert!(!valley.enrolled(smithy));
    let enrolling = valley.scene.federation.enrolling(smithy).unwrap();
    assert_eq!((enrolling.backers.len(), enrolling.receivers.len()), (2, 3));
    assert!(enrolling.backed_from.is_some_and(|from| from > valley.scene.federation.testified()));
    valley.scene.wait_days(3);
    assert!(valley.enrolled(smithy));
    let row = valley.scene.federation.unit(smithy).unwrap();
    assert_eq!(row.enrolled.map(|row| row.how), Some(Enrolled::ByItself));
    assert_eq!(valley.scene.federation.enrolling(smithy), None);
    // It bears witness from now on, and has a base no more than before.
    assert_eq!(row.base, measure::Hours::ZERO);
}

#[test]
fn two_who_back_each_other_count_as_one() {
    let mut valley = Valley::new();
    let smithy = valley.trusted(1);
    let (bakery, clinic) = (valley.founders[0], valley.founders[1]);
    let backs = phrases::back(valley.scene.unit(clinic), 1);
    valley.scene.does(bakery, backs);
    valley.scene.wait_days(100);
    assert!(!valley.enrolled(smithy));
    // Ending it on the day of the count is too late: they were not apart for those 90 days.
    let ends = phrases::release(valley.scene.unit(clinic), 1);
    valley.scene.does(bakery, ends);
    valley.scene.wait_days(5);
    assert!(!valley.enrolled(smithy));
    valley.scene.wait_days(90);
    assert!(valley.enrolled(smithy));
}

#[test]
fn backing_that_was_interrupted_begins_anew() {
    let mut valley = Valley::new();
    let smithy = valley.trusted(1);
    valley.scene.wait_days(60);
    let (clinic, named) = (valley.founders[1], valley.scene.unit(smithy));
    valley.scene.does(clinic, phrases::release(named, 1));
    valley.backed(smithy, &[1]);
    valley.scene.wait_days(60);
    assert!(!valley.enrolled(smithy));
    valley.scene.wait_days(33);
    assert!(valley.enrolled(smithy));
}

#[test]
fn gifts_and_what_was_corrected_to_nothing_do_not_count() {
    let mut valley = Valley::new();
    let smithy = valley.newcomer(1);
    valley.backed(smithy, &[0, 1]);
    valley.gives(smithy, &[2, 3]);
    let version = valley.scene.valued(smithy, "something", 60);
    let contract = valley.scene.agreed((smithy, valley.founders[4]), version, 1);
    let delivery = valley.scene.delivered(contract, 1);
    for unit in [smithy, valley.founders[4]] {
        valley.scene.does(unit, phrases::correct(delivery, 0));
    }
    valley.scene.wait_days(120);
    let enrolling = valley.scene.federation.enrolling(smithy).unwrap();
    assert_eq!(enrolling.receivers.len(), 2);
    assert!(!valley.enrolled(smithy));
}

#[test]
fn a_quarter_is_enrolled_in_ninety_days_longest_wait_first() {
    let mut valley = Valley::new();
    let first = valley.trusted(1);
    valley.scene.wait_days(2);
    let others = [2, 3].map(|number| valley.trusted(number));
    valley.scene.wait_days(95);
    // A quarter of five, rounded up, is two.
    let units = [first, others[0], others[1]];
    assert_eq!(units.map(|unit| valley.enrolled(unit)), [true, true, false]);
    let waits = valley.scene.federation.unit(others[1]).unwrap().waits_since;
    assert!(waits.is_some(), "it waits for its turn");
    valley.scene.wait_days(80);
    assert!(!valley.enrolled(others[1]));
    valley.scene.wait_days(12);
    assert!(valley.enrolled(others[1]));
}

#[test]
fn a_ring_of_invented_units_enrols_nobody() {
    let mut valley = Valley::new();
    let ring = [1, 2, 3, 4].map(|number| valley.newcomer(number));
    let version = valley.scene.valued(ring[0], "air", 1);
    for &unit in &ring[1..] {
        let act = phrases::give(valley.scene.unit(unit), version, 1);
        let proposed = valley.scene.does(ring[0], Act::ProposeContract(act));
        let contract = valley.scene.contract(&proposed);
        // Nobody of the ring has room for anything that counts.
        let refused = valley.scene.refused(unit, phrases::accept(contract));
        assert_eq!(refused.code(), "no-room");
    }
    valley.scene.wait_days(400);
    assert!(ring.iter().all(|&unit| !valley.enrolled(unit)));
}

#[test]
fn a_unit_that_left_and_comes_back_waits_like_a_newcomer() {
    let mut valley = Valley::new();
    let pottery = valley.founders[4];
    valley.scene.does(pottery, Act::Leave {});
    assert!(!valley.enrolled(pottery));
    let back = phrases::come_back(valley.scene.unit(pottery));
    valley.scene.does(pottery, back);
    assert!(!valley.enrolled(pottery));
    valley.backed(pottery, &[0, 1]);
    valley.gives(pottery, &[0, 2, 3]);
    valley.scene.wait_days(92);
    assert!(valley.enrolled(pottery));
}

#[test]
fn newcomers_carry_on_when_all_founding_units_have_left() {
    let mut valley = Valley::new();
    let newcomers = [1, 2, 3].map(|number| valley.newcomer(number));
    for founder in valley.founders.clone() {
        valley.scene.does(founder, Act::Leave {});
    }
    assert!(newcomers.iter().all(|&unit| valley.enrolled(unit)));
    let before = valley.scene.federation.testified();
    valley.scene.wait_days(10);
    assert!(valley.scene.federation.testified() >= before.plus_days(federation::Days(10)));
    // Nobody is left at all, and somebody comes.
    for unit in newcomers {
        valley.scene.does(unit, Act::Leave {});
    }
    let alone = valley.newcomer(4);
    assert!(valley.enrolled(alone));
}

#[test]
fn a_base_falls_with_the_members_who_count_and_no_further() {
    let mut valley = Valley::new();
    let row = valley.scene.federation.unit(valley.founders[0]).unwrap();
    assert_eq!((row.counted_members, row.members.len()), (1, 2));
    let second = valley.scene.signers(valley.founders[0])[1];
    valley.scene.record(second, Act::MemberLeaves {});
    let row = valley.scene.federation.unit(valley.founders[0]).unwrap();
    assert_eq!((row.counted_members, row.base), (1, measure::Hours::whole(20)));
}
