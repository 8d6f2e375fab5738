use federation::rows::{Lot, LotStage, Unit};
use federation::{Id, Ref};
use testkit::{Listed, Scene, phrases};

const NAMES: [&str; 6] = ["bakery", "clinic", "farm", "smithy", "school", "ferry"];

/// Six units, and a lot for one of three names.
fn asked() -> (Scene, Vec<Id<Unit>>, Ref<Lot>) {
    let mut scene = Scene::found(NAMES.iter().map(|name| Listed::new(name, 1)).collect());
    let units: Vec<_> = NAMES.iter().map(|name| scene.called(name)).collect();
    let lot = scene.lot(units[0], &["Ada", "Bo", "Cy"], 1);
    (scene, units, lot)
}

fn row(scene: &Scene, lot: Ref<Lot>) -> &Lot {
    scene.federation.lot(scene.federation.find_lot(lot).unwrap()).unwrap()
}

fn bind(scene: &mut Scene, lot: Ref<Lot>, units: &[Id<Unit>], first: u64) {
    for (&unit, number) in units.iter().zip(first..) {
        scene.does(unit, phrases::commit_number(lot, number));
    }
}

fn tell(scene: &mut Scene, lot: Ref<Lot>, units: &[Id<Unit>], first: u64) {
    for (&unit, number) in units.iter().zip(first..) {
        scene.does(unit, phrases::open_number(lot, number));
    }
}

#[test]
fn five_units_bind_themselves_and_then_tell_and_everybody_draws_the_same() {
    let (mut scene, units, lot) = asked();
    bind(&mut scene, lot, &units[..4], 0);
    scene.wait_days(3);
    // Four are too few, so it goes on waiting.
    assert!(matches!(row(&scene, lot).stage, LotStage::Committing { .. }));
    bind(&mut scene, lot, &units[4..5], 4);
    scene.wait_days(3);
    assert!(row(&scene, lot).names_drawn().is_empty());
    tell(&mut scene, lot, &units[..5], 0);
    let drawn = row(&scene, lot).names_drawn();
    assert_eq!(drawn.len(), 1);
    // In whatever order they are told.
    let (mut other, units, lot) = asked();
    bind(&mut other, lot, &units[..5], 0);
    other.wait_days(3);
    for at in [3, 0, 4, 1, 2] {
        tell(&mut other, lot, &units[at..=at], at.try_into().unwrap());
    }
    assert_eq!(row(&other, lot).names_drawn(), drawn);
}

#[test]
fn a_number_withheld_means_drawing_again_without_that_unit() {
    let (mut scene, units, lot) = asked();
    bind(&mut scene, lot, &units, 0);
    scene.wait_days(3);
    tell(&mut scene, lot, &units[..5], 0);
    scene.wait_days(3);
    let ferry = units[5];
    assert_eq!(row(&scene, lot).withheld.iter().collect::<Vec<_>>(), [&ferry]);
    assert_eq!(scene.refused(ferry, phrases::commit_number(lot, 9)).code(), "number-withheld");
    // The numbers that were told are known, so none of them is taken again.
    let again = scene.refused(units[0], phrases::commit_number(lot, 0));
    assert_eq!(again.code(), "number-taken");
    bind(&mut scene, lot, &units[..5], 10);
    scene.wait_days(3);
    tell(&mut scene, lot, &units[..5], 10);
    assert_eq!(row(&scene, lot).names_drawn().len(), 1);
}

#[test]
fn where_all_withhold_all_may_try_again() {
    let (mut scene, units, lot) = asked();
    bind(&mut scene, lot, &units, 0);
    scene.wait_days(3);
    scene.wait_days(3);
    assert!(row(&scene, lot).withheld.is_empty());
    bind(&mut scene, lot, &units, 10);
}

#[test]
fn after_four_weeks_two_numbers_are_enough() {
    let (mut scene, units, lot) = asked();
    bind(&mut scene, lot, &units[..2], 0);
    scene.wait_days(27);
    assert!(matches!(row(&scene, lot).stage, LotStage::Committing { .. }));
    scene.wait_days(3);
    tell(&mut scene, lot, &units[..2], 0);
    assert_eq!(row(&scene, lot).names_drawn().len(), 1);
}

#[test]
fn a_lot_that_nobody_answers_is_over_after_four_weeks() {
    let (mut scene, units, lot) = asked();
    // One alone would choose what is drawn.
    bind(&mut scene, lot, &units[..1], 0);
    for _ in 0..10 {
        scene.wait_days(3);
    }
    assert!(matches!(row(&scene, lot).stage, LotStage::Over { .. }));
    let late = scene.refused(units[1], phrases::commit_number(lot, 1));
    assert_eq!(late.code(), "lot-other-stage");
    assert!(row(&scene, lot).names_drawn().is_empty());
}
