//! What the rules are for, told as stories.

mod beginning;
mod circles;
mod commons;
mod conflicts;
mod decisions;
mod deliveries;
mod elections;
mod enrolment;
mod expulsion;
mod fairness;
mod leaving;
mod lists;
mod lots;
mod mandates;
mod outlook;
mod pace;
mod recalls;
mod recovery;
mod rings;
mod rounds;
mod signing;
mod sleep;
mod swaps;
mod time;
mod trust;
mod values;

use federation::rows::{Unit, Version};
use federation::{Id, Ref};
use measure::Hours;
use testkit::{Listed, Scene};

/// A bakery, a clinic and a farm with a base of 20 hours each, two members in the first two and
/// one in the farm; and bread at an hour a piece.
struct Village {
    scene: Scene,
    bakery: Id<Unit>,
    clinic: Id<Unit>,
    farm: Id<Unit>,
    bread: Ref<Version>,
}

impl Village {
    fn new() -> Self {
        let listed =
            vec![Listed::new("bakery", 2), Listed::new("clinic", 2), Listed::new("farm", 1)];
        let mut scene = Scene::found(listed);
        let [bakery, clinic, farm] = ["bakery", "clinic", "farm"].map(|name| scene.called(name));
        let bread = scene.valued(bakery, "bread", 60);
        Self { scene, bakery, clinic, farm, bread }
    }

    /// The clinic has eaten so many hours of bread.
    fn eaten(hours: i64) -> Self {
        let mut village = Self::new();
        let contract = village.scene.agreed((village.bakery, village.clinic), village.bread, hours);
        village.scene.delivered(contract, hours);
        village
    }
}

/// Asserts what units' entitlements are, in whole hours.
fn entitled(scene: &Scene, expected: &[(Id<Unit>, i32)]) {
    for &(unit, hours) in expected {
        let name = &scene.federation.unit(unit).unwrap().name;
        assert_eq!(scene.entitlement(unit), Hours::whole(hours), "{name}");
    }
    federation::invariants::check(&scene.federation).unwrap();
}
