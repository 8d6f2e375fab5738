//! What overlaps, and how it is settled.

mod again;
mod disputes;

use std::collections::BTreeSet;

use federation::act::Vote;
use federation::rows::{Conflict, Resource, Settled, Stage, Unit, Way};
use federation::{Act, Id, Ref};
use testkit::{Listed, Scene, phrases};

/// Six units with a mill; the first three have a member or two.
struct Valley {
    scene: Scene,
    units: [Id<Unit>; 6],
    mill: Ref<Resource>,
}

const NAMES: [&str; 6] = ["bakery", "clinic", "farm", "smithy", "school", "ferry"];

impl Valley {
    fn new() -> Self {
        let listed = NAMES.map(|name| Listed::new(name, 2)).to_vec();
        let mut scene = Scene::found(listed);
        let units = NAMES.map(|name| scene.called(name));
        let mill = scene.registered(units[0], "mill");
        Self { scene, units, mill }
    }

    /// The first so many units claim the mill for so many days.
    fn contested(claimants: usize, days: u16) -> (Self, Ref<Conflict>) {
        let mut valley = Self::new();
        for unit in &valley.units[..claimants] {
            valley.scene.claimed(*unit, valley.mill, days);
        }
        let conflict = valley.scene.conflict_over(valley.mill);
        (valley, conflict)
    }

    fn parties(&self, conflict: Ref<Conflict>) -> Vec<Id<Unit>> {
        self.scene.conflict(conflict).parties.iter().copied().collect()
    }

    /// Until members of the parties weigh the options.
    fn wait_for_weighing(&mut self, conflict: Ref<Conflict>) {
        self.scene.wait_days(15);
        self.scene.wait_days(15);
        assert!(matches!(self.scene.conflict(conflict).stage, Stage::Weighing { .. }));
    }

    fn settled(&self, conflict: Ref<Conflict>) -> Option<Settled> {
        self.scene.conflict(conflict).settlement.as_ref().map(|settlement| settlement.how)
    }

    /// All who may vote on the option that is put to the vote say this, and the poll closes.
    fn votes(&mut self, conflict: Ref<Conflict>, option: u8) -> BTreeSet<Id<Unit>> {
        let Stage::Voting { proposal, .. } = self.scene.conflict(conflict).stage else {
            panic!("no option is put to the vote")
        };
        self.scene.wait_days(8);
        let row = self.scene.federation.proposal(proposal).unwrap();
        let electorate: BTreeSet<Id<Unit>> = row.electorate.keys().copied().collect();
        let proposal = self.scene.federation.proposal_ref(proposal).unwrap();
        for &unit in &electorate {
            let vote = Vote::Choose(option);
            let reason = federation::Line::default();
            let ballot = federation::act::BallotAct { proposal, vote, reason };
            for signer in self.scene.signers(unit) {
                self.scene.record(signer, Act::Ballot(ballot.clone()));
            }
        }
        self.scene.wait_days(8);
        electorate
    }
}

#[test]
fn overlapping_claims_of_several_units_are_one_conflict_that_opens_by_itself() {
    let mut valley = Valley::new();
    let [bakery, clinic, farm, ..] = valley.units;
    valley.scene.claimed(bakery, valley.mill, 30);
    let id = valley.scene.federation.find_resource(valley.mill).unwrap();
    assert_eq!(valley.scene.federation.conflict_over(id), None);
    valley.scene.claimed(clinic, valley.mill, 60);
    let conflict = valley.scene.conflict_over(valley.mill);
    assert_eq!(valley.parties(conflict), [bakery, clinic]);
    valley.scene.claimed(farm, valley.mill, 10);
    assert_eq!(valley.parties(conflict), [bakery, clinic, farm]);
    assert_eq!(valley.scene.federation.conflicts().len(), 1);
}

#[test]
fn claims_that_follow_each_other_are_no_conflict() {
    let mut valley = Valley::new();
    let [bakery, clinic, ..] = valley.units;
    valley.scene.claimed(bakery, valley.mill, 10);
    let from = valley.scene.now.plus_days(federation::Days(10));
    let worker = valley.scene.signer(clinic).person;
    let dates = (from, from.plus_days(federation::Days(10)));
    valley.scene.does(clinic, Act::Claim(phrases::claim(valley.mill, worker, dates)));
    assert_eq!(valley.scene.federation.conflicts().len(), 0);
}

#[test]
fn only_a_unit_with_working_members_claims() {
    let mut valley = Valley::new();
    let [bakery, clinic, ..] = valley.units;
    let dates = (valley.scene.now, valley.scene.now.plus_days(federation::Days(5)));
    let claim = phrases::claim(valley.mill, valley.scene.signer(bakery).person, dates);
    // Its workers are its own members, and there is at least one.
    let refused = valley.scene.refused(clinic, Act::Claim(claim.clone()));
    assert_eq!(refused.code(), "workers-out-of-bounds");
    let nobody = federation::act::ClaimResource { workers: Vec::new(), ..claim.clone() };
    assert_eq!(valley.scene.refused(bakery, Act::Claim(nobody)).code(), "workers-out-of-bounds");
    // A council, a commune, a federation: whatever is made of units claims nothing.
    valley.scene.does(bakery, phrases::made_of_units());
    assert_eq!(valley.scene.refused(bakery, Act::Claim(claim)).code(), "made-of-units");
}

#[test]
fn whoever_becomes_a_council_keeps_no_claim() {
    let (mut valley, conflict) = Valley::contested(3, 200);
    valley.scene.does(valley.units[2], phrases::made_of_units());
    assert_eq!(valley.parties(conflict), valley.units[..2]);
}

#[test]
fn any_text_that_all_parties_sign_settles_it() {
    let (mut valley, conflict) = Valley::contested(3, 200);
    let [bakery, clinic, farm, ..] = valley.units;
    valley.scene.does(bakery, phrases::settle(conflict, "the bakery alone"));
    let slots: Vec<_> = [bakery, clinic, farm]
        .into_iter()
        .zip(0..)
        .map(|(unit, nth)| (valley.scene.unit(unit), nth * 24, 24))
        .collect();
    let act = phrases::settle_by_week(conflict, "a day each", &slots);
    for unit in [bakery, clinic] {
        valley.scene.does(unit, act.clone());
        assert_eq!(valley.settled(conflict), None);
    }
    valley.scene.does(farm, act);
    assert_eq!(valley.settled(conflict), Some(Settled::Signed));
    let settlement = valley.scene.conflict(conflict).settlement.clone().unwrap();
    assert_eq!(settlement.agreed.turns.unwrap().slots.len(), 3);
}

#[test]
fn use_goes_on_meanwhile() {
    let (mut valley, conflict) = Valley::contested(2, 200);
    let ferry = valley.units[5];
    for _ in 0..4 {
        for unit in [valley.units[0], ferry] {
            let report = phrases::report_use(valley.mill, 3, valley.scene.now, Vec::new());
            valley.scene.does(unit, report);
        }
        valley.scene.wait_days(15);
    }
    assert!(!valley.scene.conflict(conflict).is_over());
    let mill = valley.scene.federation.find_resource(valley.mill).unwrap();
    let sums = valley.scene.federation.claimed_and_used(mill);
    let hours = |n| measure::Hours::whole(n);
    assert_eq!(sums[0], (valley.units[0], hours(10), hours(12)));
    assert_eq!(sums[2], (ferry, hours(0), hours(12)));
}

#[test]
fn mediators_come_from_units_that_exchanged_nothing_with_the_parties() {
    let mut valley = Valley::new();
    let [bakery, clinic, farm, smithy, school, ferry] = valley.units;
    // The farm and the smithy have had something of the parties.
    let bread = valley.scene.valued(bakery, "bread", 60);
    for unit in [farm, smithy] {
        let contract = valley.scene.agreed((bakery, unit), bread, 1);
        valley.scene.delivered(contract, 1);
    }
    for unit in [bakery, clinic] {
        valley.scene.claimed(unit, valley.mill, 200);
    }
    let conflict = valley.scene.conflict_over(valley.mill);
    valley.scene.wait_days(15);
    let row = valley.scene.conflict(conflict);
    let units: BTreeSet<Id<Unit>> = row.mediators.iter().map(|mediator| mediator.unit).collect();
    assert_eq!(units, BTreeSet::from([school, ferry]));
    assert!(row.mediators.iter().all(|mediator| mediator.unconnected));
    // They write options, and nothing else.
    let person = row.mediators[0].person;
    let mediator = valley.scene.with_key(person).unwrap();
    valley.scene.record(mediator, phrases::write_option(conflict, "buy a second mill together"));
    let row = valley.scene.conflict(conflict);
    assert_eq!(row.options.len(), 7);
    assert_eq!(row.options[6].by, Some(person));
    assert!(valley.scene.try_act(mediator, phrases::settle(conflict, "as I say")).is_err());
}

#[test]
fn consent_of_all_parties_members_settles_it_by_the_best_supported_option() {
    let (mut valley, conflict) = Valley::contested(2, 300);
    valley.wait_for_weighing(conflict);
    let [bakery, clinic, ..] = valley.units;
    let (first, second) = (valley.scene.signers(bakery), valley.scene.signers(clinic));
    for member in [first[0], first[1], second[0]] {
        valley.scene.record(member, phrases::weigh(conflict, &[1, 4], &[]));
    }
    valley.scene.record(second[1], phrases::weigh(conflict, &[4], &[(1, "days are too short")]));
    valley.scene.wait_days(15);
    // Sharing by calendar has an open objection; taking turns has none.
    assert_eq!(valley.settled(conflict), Some(Settled::Consent { option: 3 }));
    let settlement = valley.scene.conflict(conflict).settlement.clone().unwrap();
    let turns = settlement.agreed.turns.unwrap();
    assert_eq!((turns.every_days, turns.slots.len()), (56, 2));
    assert_eq!(turns.slots[0].unit, valley.scene.unit(bakery));
}

#[test]
fn else_the_units_affected_vote_on_one_option_after_the_other_the_best_supported_first() {
    let mut valley = Valley::new();
    let [bakery, clinic, farm, smithy, ..] = valley.units;
    // The farm lives from what the bakery makes at the mill, and the smithy does not.
    let bread = valley.scene.valued(bakery, "bread", 60);
    let tools = valley.scene.valued(smithy, "tools", 60);
    for (giver, receiver, version) in [(bakery, farm, bread), (smithy, clinic, tools)] {
        let contract = valley.scene.agreed((giver, receiver), version, 1);
        valley.scene.delivered(contract, 1);
    }
    let report = phrases::report_use(valley.mill, 2, valley.scene.now, vec![bread]);
    valley.scene.does(bakery, report);
    for unit in [bakery, clinic] {
        valley.scene.claimed(unit, valley.mill, 300);
    }
    let conflict = valley.scene.conflict_over(valley.mill);
    valley.wait_for_weighing(conflict);
    let (of_bakery, of_clinic) = (valley.scene.signer(bakery), valley.scene.signer(clinic));
    valley.scene.record(of_bakery, phrases::weigh(conflict, &[2, 6], &[(1, "we bake each day")]));
    valley
        .scene
        .record(of_clinic, phrases::weigh(conflict, &[1, 2, 6], &[(2, "too small"), (6, "no")]));
    valley.scene.wait_days(15);
    // Splitting it is best supported; leaving it as it is needs no vote.
    let electorate = valley.votes(conflict, 1);
    assert_eq!(electorate, BTreeSet::from([bakery, clinic, farm]));
    assert_eq!(valley.settled(conflict), None);
    valley.votes(conflict, 0);
    let Some(Settled::Voted { option: 0, .. }) = valley.settled(conflict) else {
        panic!("{:?}", valley.settled(conflict))
    };
    let row = valley.scene.conflict(conflict);
    assert_eq!((row.polls.len(), row.options[0].way), (2, Way::ShareByCalendar));
    assert_eq!(row.settlement.as_ref().unwrap().agreed.turns.as_ref().unwrap().every_days, 2);
}

#[test]
fn where_nobody_supports_anything_it_stays_as_it_is() {
    let (mut valley, conflict) = Valley::contested(2, 300);
    valley.wait_for_weighing(conflict);
    valley.scene.wait_days(15);
    assert_eq!(valley.settled(conflict), Some(Settled::AsItIs));
}

#[test]
fn a_result_is_looked_at_again_after_twelve_months() {
    let (mut valley, conflict) = Valley::contested(2, 366);
    let [bakery, clinic, ..] = valley.units;
    for unit in [bakery, clinic] {
        valley.scene.does(unit, phrases::settle(conflict, "mornings and evenings"));
    }
    valley.scene.wait_days(360);
    assert!(matches!(valley.scene.conflict(conflict).stage, Stage::Settled { .. }));
    for unit in [bakery, clinic] {
        valley.scene.claimed(unit, valley.mill, 300);
    }
    // The same parties' new claims change nothing before the year is over.
    assert!(matches!(valley.scene.conflict(conflict).stage, Stage::Settled { .. }));
    valley.scene.wait_days(7);
    assert!(matches!(valley.scene.conflict(conflict).stage, Stage::Talks { .. }));
    assert_eq!(valley.settled(conflict), Some(Settled::Signed));
}

#[test]
fn a_result_over_a_resource_that_nobody_wants_any_more_is_over_after_a_year() {
    let (mut valley, conflict) = Valley::contested(2, 100);
    for unit in &valley.units[..2] {
        valley.scene.does(*unit, phrases::settle(conflict, "mornings and evenings"));
    }
    valley.scene.wait_days(366);
    assert!(valley.scene.conflict(conflict).is_over());
}

#[test]
fn a_claimant_that_leaves_is_a_party_no_longer_and_the_others_go_on() {
    let (mut valley, conflict) = Valley::contested(3, 200);
    let [bakery, clinic, farm, ..] = valley.units;
    for unit in [bakery, clinic] {
        valley.scene.does(unit, phrases::settle(conflict, "we two share it"));
    }
    valley.scene.does(farm, Act::Leave {});
    assert_eq!(valley.parties(conflict), [bakery, clinic]);
    // All who are left have signed the same.
    assert_eq!(valley.settled(conflict), Some(Settled::Signed));
    valley.scene.does(clinic, Act::Leave {});
    assert!(valley.scene.conflict(conflict).is_over());
    let claims: Vec<bool> =
        valley.scene.federation.claims().map(|(_, claim)| claim.released.is_some()).collect();
    assert_eq!(claims, [false, true, true]);
}

#[test]
fn a_mediator_writes_four_options_and_leaves_room_for_the_others() {
    let (mut valley, conflict) = Valley::contested(2, 200);
    valley.scene.wait_days(15);
    let mediator = valley.scene.conflict(conflict).mediators[0].unit;
    let who = valley.scene.conflict(conflict).mediators[0].person;
    let id = valley.scene.federation.person(who).unwrap().id;
    let signer = valley.scene.signers(mediator).into_iter().find(|one| one.person == id).unwrap();
    let option = |text: &str| {
        let text = federation::Prose::parse(text).unwrap();
        Act::WriteOption(federation::act::WriteOption { conflict, text, turns: None })
    };
    for text in ["one", "two", "three", "four"] {
        valley.scene.record(signer, option(text));
    }
    let refused = valley.scene.try_act(signer, option("five")).unwrap_err();
    assert_eq!(refused.code(), "too-many-options");
}

#[test]
fn what_is_reported_while_they_talk_makes_no_voters() {
    let mut valley = Valley::new();
    let [bakery, clinic, farm, ..] = valley.units;
    let flour = valley.scene.valued(bakery, "flour", 60);
    let contract = valley.scene.agreed((bakery, farm), flour, 1);
    let delivery = valley.scene.handed_over(contract, 1);
    valley.scene.does(farm, phrases::accept_delivery(delivery));
    for unit in [bakery, clinic] {
        valley.scene.claimed(unit, valley.mill, 200);
    }
    let conflict = valley.scene.conflict_over(valley.mill);
    valley.scene.wait_days(1);
    valley.scene.does(bakery, phrases::report_use(valley.mill, 1, valley.scene.now, vec![flour]));
    let id = valley.scene.federation.find_conflict(conflict).unwrap();
    assert_eq!(valley.scene.federation.affected(id), [bakery, clinic].into());
}

#[test]
fn nobodys_day_is_claimed_twice() {
    let mut valley = Valley::new();
    let bakery = valley.units[0];
    let signers = valley.scene.signers(bakery);
    let dates = (valley.scene.now, valley.scene.now.plus_days(federation::Days(10)));
    let claims = |hours, worker: usize| {
        let hours = measure::Hours::whole(hours);
        let claim = phrases::claim(valley.mill, signers[worker].person, dates);
        Act::Claim(federation::act::ClaimResource { hours, ..claim })
    };
    let (most, second, other) = (claims(100, 0), claims(21, 0), claims(120, 1));
    let rest = claims(20, 0);
    valley.scene.does(bakery, most);
    assert_eq!(valley.scene.refused(bakery, second).code(), "claim-out-of-bounds");
    valley.scene.does(bakery, rest);
    valley.scene.does(bakery, other);
}

#[test]
fn a_crumb_for_each_of_many_makes_no_voters() {
    let mut valley = Valley::new();
    let [bakery, clinic, farm, smithy, school, ferry] = valley.units;
    let bread = valley.scene.valued(bakery, "bread", 30);
    valley.scene.does(bakery, phrases::report_use(valley.mill, 2, valley.scene.now, vec![bread]));
    // The farm has eaten two loaves, the school one; the smithy has had three as a gift.
    for (unit, loaves) in [(farm, 2), (school, 1)] {
        let contract = valley.scene.agreed((bakery, unit), bread, loaves);
        valley.scene.delivered(contract, loaves);
    }
    let give = phrases::give(valley.scene.unit(smithy), bread, 3);
    let gift = federation::act::ProposeContract { terms: federation::act::Terms::Gift, ..give };
    let proposed = valley.scene.does(bakery, Act::ProposeContract(gift));
    let gift = valley.scene.contract(&proposed);
    valley.scene.does(smithy, phrases::accept(gift));
    valley.scene.delivered(gift, 3);
    for unit in [bakery, clinic] {
        valley.scene.claimed(unit, valley.mill, 200);
    }
    // What the ferry is given once they talk makes it no voter.
    valley.scene.wait_days(1);
    let contract = valley.scene.agreed((bakery, ferry), bread, 4);
    valley.scene.delivered(contract, 4);
    let conflict = valley.scene.conflict_over(valley.mill);
    let id = valley.scene.federation.find_conflict(conflict).unwrap();
    assert_eq!(valley.scene.federation.affected(id), [bakery, clinic, farm, smithy].into());
}
