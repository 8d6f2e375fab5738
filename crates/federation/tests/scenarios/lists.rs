use federation::act::{ListRow, Question};
use federation::rows::{Enrolled, Unit};
use federation::{Act, Id};
use measure::Hours;
use testkit::{Listed, Scene, member, phrases};

/// Four founding units of two members each, of whom one counts.
fn valley() -> (Scene, [Id<Unit>; 4]) {
    let names = ["bakery", "clinic", "farm", "mill"];
    let scene = Scene::found(names.map(|name| Listed::new(name, 2)).to_vec());
    let units = names.map(|name| scene.called(name));
    (scene, units)
}

fn newcomer(scene: &mut Scene, number: u64) -> Id<Unit> {
    let name = format!("newcomer {number}");
    scene.record(member(number), phrases::join(&name));
    scene.called(&name)
}

#[test]
fn the_draft_lists_everybody_who_waits_and_how_members_have_changed() {
    let (mut scene, [bakery, ..]) = valley();
    let smithy = newcomer(&mut scene, 1);
    for number in 2..4 {
        let new = member(number);
        scene.does(bakery, phrases::admit(new.person, new.key));
    }
    let draft = scene.federation.draft_list();
    let row = |unit: Id<Unit>| *draft.iter().find(|row| row.unit == scene.unit(unit)).unwrap();
    // One counts in the bakery, of two; now it has four members.
    assert_eq!((row(bakery).counted_members, row(bakery).base), (4, Hours::whole(80)));
    assert_eq!((row(smithy).counted_members, row(smithy).base), (1, Hours::whole(20)));
    assert!(row(bakery).enrolled && !row(smithy).enrolled);
}

#[test]
fn a_list_that_passes_gives_base_and_weight() {
    let (mut scene, [bakery, ..]) = valley();
    let smithy = newcomer(&mut scene, 1);
    let mut rows: Vec<ListRow> = scene.federation.draft_list();
    rows.retain(|row| row.unit == scene.unit(smithy));
    rows[0].enrolled = true;
    scene.carried(bakery, Question::List(rows));
    let row = scene.federation.unit(smithy).unwrap();
    assert_eq!(row.base, Hours::whole(20));
    assert_eq!(row.enrolled.map(|row| row.how), Some(Enrolled::ByList));
    assert_eq!(scene.federation.draft_list().len(), 4);
}

#[test]
fn a_list_does_not_pass_by_the_units_of_the_list_before() {
    let (mut scene, [bakery, clinic, farm, mill]) = valley();
    let new = [1, 2, 3, 4, 5].map(|number| newcomer(&mut scene, number));
    let mut rows = scene.federation.draft_list();
    rows.retain(|row| new.iter().any(|&unit| scene.unit(unit) == row.unit));
    for row in &mut rows {
        row.enrolled = true;
    }
    scene.carried(bakery, Question::List(rows));
    assert!(new.iter().all(|&unit| scene.federation.unit(unit).unwrap().is_enrolled()));
    // Those five and one of the four would be a majority of nine.
    let more = vec![ListRow {
        unit: scene.unit(new[0]),
        counted_members: 9,
        base: Hours::whole(180),
        enrolled: true,
    }];
    let proposal = scene.proposed(new[0], Question::List(more));
    scene.wait_for_voting(proposal);
    for unit in new.into_iter().chain([bakery]) {
        scene.all_choose(unit, proposal, 0);
    }
    for unit in [clinic, farm, mill] {
        let first = scene.signer(unit);
        scene.chooses(first, proposal, 1);
    }
    scene.wait_for_close(proposal);
    let row = scene.question(proposal);
    assert!(row.counted().unwrap().passes(row.rule), "with the new units it would pass");
    assert!(!row.has_passed());
    assert_eq!(scene.federation.unit(new[0]).unwrap().base, Hours::whole(20));
}

#[test]
fn what_is_in_use_of_a_base_stays_when_members_leave_and_only_runs_off() {
    let (mut scene, [bakery, clinic, ..]) = valley();
    let draft = scene.federation.draft_list();
    scene.carried(bakery, Question::List(draft));
    assert_eq!(scene.federation.unit(clinic).unwrap().base, Hours::whole(40));
    let bread = scene.valued(bakery, "bread", 60);
    let contract = scene.agreed((bakery, clinic), bread, 30);
    scene.delivered(contract, 30);
    let second = scene.signers(clinic)[1];
    scene.record(second, Act::MemberLeaves {});
    let row = scene.federation.unit(clinic).unwrap();
    assert_eq!((row.counted_members, row.base), (1, Hours::whole(20)));
    assert_eq!((row.run_off, row.entitlement), (Hours::whole(10), Hours::whole(-30)));
    federation::invariants::check(&scene.federation).unwrap();
    let salve = scene.valued(clinic, "salve", 60);
    let back = scene.agreed((clinic, bakery), salve, 4);
    scene.delivered(back, 4);
    assert_eq!(scene.federation.unit(clinic).unwrap().run_off, Hours::whole(6));
}

#[test]
fn a_unit_that_misses_two_polls_sleeps_until_one_of_its_members_acts() {
    let (mut scene, [bakery, clinic, farm, mill]) = valley();
    // The host's own unit bears no witness, and the mill is silent: a fifth makes three who say
    // what time it is.
    let fifth = newcomer(&mut scene, 1);
    scene.carried(
        bakery,
        Question::List(vec![ListRow {
            unit: scene.unit(fifth),
            counted_members: 1,
            base: Hours::whole(20),
            enrolled: true,
        }]),
    );
    let silent = |scene: &Scene| scene.federation.unit(mill).unwrap().is_asleep();
    let mut sizes = Vec::new();
    for _ in 0..6 {
        let proposal = scene.proposed(bakery, Question::Text {});
        for end in [scene.question(proposal).notice_until, scene.question(proposal).closes] {
            scene.now = end.plus_seconds(60);
            for unit in [bakery, clinic, farm, fifth] {
                let signer = scene.signer(unit);
                scene.record(signer, Act::AttestTime {});
            }
            if scene.question(proposal).is_open() {
                scene.all_choose(clinic, proposal, 0);
                for unit in [bakery, farm, fifth] {
                    scene.all_choose(unit, proposal, 0);
                }
            }
        }
        sizes.push(scene.question(proposal).electorate.len());
    }
    assert_eq!(sizes, [5, 5, 5, 5, 5, 5]);
    assert!(silent(&scene));
    let proposal = scene.proposed(bakery, Question::Text {});
    scene.now = scene.question(proposal).notice_until.plus_seconds(60);
    for unit in [bakery, clinic, farm, fifth] {
        let signer = scene.signer(unit);
        scene.record(signer, Act::AttestTime {});
    }
    assert_eq!(scene.question(proposal).electorate.len(), 4);
    // A node that says what time it is for the mill shows nobody of it awake.
    let signer = scene.signer(mill);
    scene.record(signer, Act::AttestTime {});
    assert!(silent(&scene));
    scene.record(signer, phrases::form_circle("millers"));
    assert!(!silent(&scene));
}

#[test]
fn members_of_the_founding_list_who_come_into_the_record_count_once() {
    let mut listed: Vec<Listed> = ["clinic", "farm"].map(|name| Listed::new(name, 1)).to_vec();
    let mut dairy = Listed::new("dairy", 1);
    dairy.row.counted_members = 5;
    listed.push(dairy);
    let mut scene = Scene::found(listed);
    let dairy = scene.called("dairy");
    for number in 1..5 {
        let new = member(number);
        scene.does(dairy, phrases::admit(new.person, new.key));
    }
    let draft = scene.federation.draft_list();
    assert!(draft.iter().all(|row| row.unit != scene.unit(dairy)), "{draft:?}");
}
