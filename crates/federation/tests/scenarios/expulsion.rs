use federation::act::{Failure, Question};
use federation::rows::{Contract, Standing, Unit, Version};
use federation::{Days, Id, Ref};
use testkit::{Listed, Scene, phrases};

/// A bakery that four others are let down by: bread at an agreed value, rejected three times in 70
/// days.
struct Failed {
    scene: Scene,
    bakery: Id<Unit>,
    others: [Id<Unit>; 4],
    bread: Ref<Version>,
    failures: Vec<Failure>,
}

impl Failed {
    fn new() -> Self {
        let names = ["clinic", "farm", "mill", "pottery"];
        let mut listed: Vec<_> = names.map(|name| Listed::new(name, 1)).to_vec();
        listed.push(Listed::new("bakery", 1));
        let mut scene = Scene::found(listed);
        let (bakery, others) = (scene.called("bakery"), names.map(|name| scene.called(name)));
        let bread = scene.valued(bakery, "bread", 60);
        let bread = scene.valued_together((bakery, others[0]), bread, 50);
        let mut failures = Vec::new();
        for unit in [others[0], others[1], others[2]] {
            failures.push(scene.rejected((bakery, unit), bread));
            scene.wait_days(35);
        }
        Self { scene, bakery, others, bread, failures }
    }

    fn question(&self) -> Question {
        let unit = self.scene.unit(self.bakery);
        Question::Expel { unit, failures: self.failures.clone() }
    }

    fn is_in(&self) -> bool {
        federation::invariants::check(&self.scene.federation).unwrap();
        self.scene.federation.unit(self.bakery).unwrap().is_in()
    }
}

#[test]
fn whoever_keeps_failing_three_others_is_expelled_by_two_thirds_after_fourteen_days() {
    let mut failed = Failed::new();
    assert_eq!(failed.scene.federation.failings(failed.bakery).len(), 3);
    let closes = failed.scene.now.plus_days(Days(30));
    let asks = testkit::asks(failed.question(), closes);
    let proposal = failed.scene.proposes(failed.others[0], asks);
    let row = failed.scene.question(proposal);
    assert!(row.notice_until >= row.since.plus_days(Days(14)));
    failed.scene.wait_for_voting(proposal);
    for unit in failed.others {
        failed.scene.all_choose(unit, proposal, 0);
    }
    let before = failed.scene.entitlement(failed.bakery);
    failed.scene.wait_for_close(proposal);
    assert!(!failed.is_in());
    // It ends the pact relation and nothing else: what was delivered stands, and it may come back.
    assert_eq!(failed.scene.entitlement(failed.bakery), before);
    let back = phrases::come_back(failed.scene.unit(failed.bakery));
    let bakery = failed.bakery;
    failed.scene.does(bakery, back);
    assert!(failed.is_in());
    let row = failed.scene.federation.unit(bakery).unwrap();
    assert!(row.standing == Standing::Signed && !row.is_enrolled());
    assert_eq!(row.base, measure::Hours::ZERO);
}

#[test]
fn three_failures_that_go_together_are_found_and_no_three_are_where_one_is_missing() {
    let mut failed = Failed::new();
    let found = failed.scene.federation.expellable(failed.bakery).unwrap();
    assert_eq!(found.map(|failing| failing.failure).as_slice(), failed.failures);
    assert!(failed.scene.federation.expellable(failed.others[0]).is_none());
    // Two of those who were let down stand together: no three are left that do not.
    let act = phrases::back(failed.scene.unit(failed.others[1]), 1);
    let backer = failed.others[0];
    failed.scene.does(backer, act);
    assert!(failed.scene.federation.expellable(failed.bakery).is_none());
}

#[test]
fn less_than_two_thirds_expel_nobody() {
    let mut failed = Failed::new();
    let closes = failed.scene.now.plus_days(Days(30));
    let asks = testkit::asks(failed.question(), closes);
    let proposal = failed.scene.proposes(failed.others[0], asks);
    failed.scene.wait_for_voting(proposal);
    for (place, unit) in failed.others.into_iter().enumerate() {
        failed.scene.all_choose(unit, proposal, u8::from(place == 3));
    }
    let bakery = failed.bakery;
    failed.scene.all_choose(bakery, proposal, 1);
    failed.scene.wait_for_close(proposal);
    assert!(failed.is_in());
}

#[test]
fn units_that_back_each_other_are_not_three_who_were_failed() {
    let mut failed = Failed::new();
    let back = phrases::back(failed.scene.unit(failed.others[1]), 1);
    failed.scene.does(failed.others[0], back);
    let closes = failed.scene.now.plus_days(Days(30));
    let act = federation::Act::Propose(testkit::asks(failed.question(), closes));
    let clinic = failed.others[0];
    assert_eq!(failed.scene.refused(clinic, act).code(), "failures-connected");
}

#[test]
fn what_was_due_and_is_made_good_before_the_close_expels_nobody() {
    let mut failed = Failed::new();
    // The last failure is a delivery that both had arranged for a day that is past.
    let pottery = failed.others[3];
    let contract = failed.scene.agreed((failed.bakery, pottery), failed.bread, 1);
    let when = failed.scene.now.plus_days(Days(1));
    for unit in [failed.bakery, pottery] {
        let place = phrases::line("at the mill");
        let act = federation::act::Arrange { contract, when, place };
        failed.scene.does(unit, federation::Act::Arrange(act));
    }
    failed.scene.wait_days(3);
    failed.failures[2] = Failure::Overdue { contract };
    let closes = failed.scene.now.plus_days(Days(30));
    let asks = testkit::asks(failed.question(), closes);
    let proposal = failed.scene.proposes(failed.others[0], asks);
    failed.scene.wait_for_voting(proposal);
    for unit in failed.others {
        failed.scene.all_choose(unit, proposal, 0);
    }
    failed.scene.delivered(contract, 1);
    failed.scene.wait_for_close(proposal);
    assert!(failed.scene.question(proposal).has_passed());
    assert!(failed.is_in());
}

#[test]
fn what_was_disputed_and_not_upheld_expels_nobody() {
    let mut failed = Failed::new();
    let Failure::Rejected { delivery } = failed.failures[0] else { panic!("not rejected") };
    let dispute = phrases::dispute(federation::act::Disputed::Delivery { delivery });
    failed.scene.does(failed.bakery, dispute);
    assert_eq!(failed.scene.federation.failings(failed.bakery).len(), 2);
    let closes = failed.scene.now.plus_days(Days(30));
    let asks = testkit::asks(failed.question(), closes);
    let refused = failed.scene.refused(failed.others[1], federation::Act::Propose(asks));
    assert_eq!(refused.code(), "no-failure");
}

/// One more bread for the pottery, which both arrange for tomorrow.
fn arranged(failed: &mut Failed) -> Ref<Contract> {
    let (bakery, pottery) = (failed.bakery, failed.others[3]);
    let contract = failed.scene.agreed((bakery, pottery), failed.bread, 1);
    let when = failed.scene.now.plus_days(Days(1));
    for unit in [bakery, pottery] {
        let place = phrases::line("at the mill");
        let act = federation::act::Arrange { contract, when, place };
        failed.scene.does(unit, federation::Act::Arrange(act));
    }
    contract
}

/// Whether a contract could be cited as overdue.
fn is_overdue(failed: &Failed, contract: Ref<Contract>) -> bool {
    let failings = failed.scene.federation.failings(failed.bakery);
    failings.iter().any(|failing| failing.failure == Failure::Overdue { contract })
}

#[test]
fn what_was_brought_is_not_overdue_because_its_receiver_signs_nothing() {
    let mut failed = Failed::new();
    let [brought, not_brought] = [(); 2].map(|()| arranged(&mut failed));
    let delivery = failed.scene.handed_over(brought, 1);
    failed.scene.wait_days(3);
    assert!(is_overdue(&failed, not_brought) && !is_overdue(&failed, brought));
    let pottery = failed.others[3];
    failed.scene.does(pottery, phrases::receipt(delivery));
    assert!(!is_overdue(&failed, brought));
}

#[test]
fn what_was_brought_and_is_rejected_is_overdue_only_as_long_as_the_rejection_stands() {
    let mut failed = Failed::new();
    let contract = arranged(&mut failed);
    let delivery = failed.scene.handed_over(contract, 1);
    let (bakery, pottery) = (failed.bakery, failed.others[3]);
    failed.scene.does(pottery, phrases::reject(delivery, 1));
    failed.scene.wait_days(3);
    assert!(is_overdue(&failed, contract));
    let dispute = phrases::dispute(federation::act::Disputed::Delivery { delivery });
    failed.scene.does(bakery, dispute);
    assert!(!is_overdue(&failed, contract));
}
