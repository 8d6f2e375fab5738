use federation::rows::{Settled, Stage};
use testkit::phrases;

use super::Valley;

#[test]
fn a_newcomers_claim_brings_a_settled_conflict_back_to_talks_and_the_settlement_stays_meanwhile() {
    let (mut valley, conflict) = Valley::contested(2, 200);
    for unit in &valley.units[..2] {
        valley.scene.does(*unit, phrases::settle(conflict, "mornings and evenings"));
    }
    valley.scene.claimed(valley.units[2], valley.mill, 100);
    assert!(matches!(valley.scene.conflict(conflict).stage, Stage::Talks { .. }));
    assert_eq!(valley.settled(conflict), Some(Settled::Signed));
    assert_eq!(valley.parties(conflict), valley.units[..3]);
}

#[test]
fn what_is_settled_is_settled_anew_only_by_all_parties() {
    let (mut valley, conflict) = Valley::contested(2, 200);
    let [bakery, clinic, ..] = valley.units;
    for unit in [bakery, clinic] {
        valley.scene.does(unit, phrases::settle(conflict, "mornings and evenings"));
    }
    let before = valley.scene.conflict(conflict).settlement.clone().unwrap();
    valley.scene.wait_days(20);
    valley.scene.does(bakery, phrases::settle(conflict, "all of it for the bakery"));
    assert_eq!(valley.scene.conflict(conflict).settlement.as_ref(), Some(&before));
    for unit in [bakery, clinic] {
        valley.scene.does(unit, phrases::settle(conflict, "even and odd days"));
    }
    let after = valley.scene.conflict(conflict).settlement.clone().unwrap();
    assert!(after.agreed.text != before.agreed.text && after.until > before.until);
}

#[test]
fn whoever_lets_go_and_claims_again_finds_the_conflict_where_they_left_it() {
    let mut valley = Valley::new();
    let [bakery, clinic, ..] = valley.units;
    valley.scene.claimed(bakery, valley.mill, 300);
    let mut claim = valley.scene.claimed(clinic, valley.mill, 300);
    let conflict = valley.scene.conflict_over(valley.mill);
    // The clinic lets go at each stage, and claims again ten days later: no stage begins anew.
    for stage in ["talks", "mediation", "weighing"] {
        valley.scene.wait_days(8);
        valley.scene.does(clinic, phrases::release_claim(claim));
        assert!(valley.scene.conflict(conflict).is_over());
        valley.scene.wait_days(10);
        claim = valley.scene.claimed(clinic, valley.mill, 200);
        assert_eq!(valley.scene.conflict_over(valley.mill), conflict);
        let (is, until) = match valley.scene.conflict(conflict).stage {
            Stage::Talks { until } => ("talks", until),
            Stage::Mediation { until } => ("mediation", until),
            Stage::Weighing { until } => ("weighing", until),
            ref other => panic!("{other:?}"),
        };
        assert_eq!(is, stage);
        assert!(until <= valley.scene.now.plus_days(federation::Days(7)), "{stage}");
        valley.scene.wait_days(7);
    }
    assert_eq!(valley.parties(conflict), [bakery, clinic]);
    assert_eq!(valley.settled(conflict), Some(Settled::AsItIs));
    // A result is not undone by letting go either.
    let before = valley.scene.conflict(conflict).stage.clone();
    valley.scene.does(clinic, phrases::release_claim(claim));
    valley.scene.claimed(clinic, valley.mill, 100);
    assert_eq!(valley.scene.conflict(conflict).stage, before);
}

#[test]
fn one_of_three_who_lets_go_and_claims_again_does_not_bring_back_the_talks() {
    let (mut valley, conflict) = Valley::contested(2, 200);
    let [bakery, clinic, farm, ..] = valley.units;
    let claim = valley.scene.claimed(farm, valley.mill, 200);
    for unit in [bakery, clinic, farm] {
        valley.scene.does(unit, phrases::settle(conflict, "a day each"));
    }
    valley.scene.does(farm, phrases::release_claim(claim));
    assert_eq!(valley.parties(conflict), [bakery, clinic]);
    valley.scene.claimed(farm, valley.mill, 200);
    assert_eq!(valley.parties(conflict), [bakery, clinic, farm]);
    assert!(matches!(valley.scene.conflict(conflict).stage, Stage::Settled { .. }));
}

#[test]
fn whoever_lets_go_while_others_vote_votes_all_the_same_and_finds_what_they_have_decided() {
    let mut valley = Valley::new();
    let [bakery, clinic, ..] = valley.units;
    valley.scene.claimed(bakery, valley.mill, 300);
    let claim = valley.scene.claimed(clinic, valley.mill, 300);
    let conflict = valley.scene.conflict_over(valley.mill);
    valley.wait_for_weighing(conflict);
    let (of_bakery, of_clinic) = (valley.scene.signer(bakery), valley.scene.signer(clinic));
    valley.scene.record(of_bakery, phrases::weigh(conflict, &[1], &[]));
    valley.scene.record(of_clinic, phrases::weigh(conflict, &[], &[(1, "no")]));
    valley.scene.wait_days(15);
    let Stage::Voting { proposal, .. } = valley.scene.conflict(conflict).stage else { panic!() };
    let proposal = valley.scene.federation.proposal_ref(proposal).unwrap();
    valley.scene.does(clinic, phrases::release_claim(claim));
    valley.scene.wait_days(8);
    let electorate: Vec<_> = valley.scene.question(proposal).electorate.keys().copied().collect();
    assert_eq!(electorate, [bakery, clinic]);
    for unit in [bakery, clinic] {
        valley.scene.all_choose(unit, proposal, 0);
    }
    valley.scene.wait_days(8);
    assert!(valley.scene.conflict(conflict).is_over());
    valley.scene.claimed(clinic, valley.mill, 100);
    let Some(Settled::Voted { option: 0, .. }) = valley.settled(conflict) else {
        panic!("{:?}", valley.settled(conflict))
    };
}
