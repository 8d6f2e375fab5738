use federation::act::RefusePartners;
use federation::rows::{Contract, Status, Thing, Unit};
use federation::{Act, Id, Ref};
use testkit::{Scene, phrases};

use crate::{Village, entitled};

/// The contracts of the swaps that the newest round has found, ring by ring.
fn rings(scene: &Scene) -> Vec<Vec<Ref<Contract>>> {
    let (_, round) = scene.federation.rounds().next_back().unwrap();
    let named = |&id: &Id<Contract>| scene.federation.contract_ref(id).unwrap();
    round.swaps.iter().map(|ring| ring.iter().map(named).collect()).collect()
}

fn sides(scene: &Scene, contract: Ref<Contract>) -> (Id<Unit>, Id<Unit>) {
    let parties = scene.row(contract).parties;
    (parties.giver, parties.receiver)
}

fn thing(scene: &Scene, named: Ref<Thing>) -> &Thing {
    scene.federation.thing(scene.federation.find_thing(named).unwrap()).unwrap()
}

/// The bakery has a drill and wants the tent, the clinic has the tent and wants the bicycle, the
/// farm has the bicycle and wants the drill.
struct Yard {
    village: Village,
    drill: Ref<Thing>,
    tent: Ref<Thing>,
    bicycle: Ref<Thing>,
}

impl Yard {
    fn new() -> Self {
        let mut village = Village::new();
        let Village { scene, bakery, clinic, farm, bread } = &mut village;
        let [drill, tent, bicycle] = [*bakery, *clinic, *farm].map(|u| scene.brought(u, *bread));
        scene.does(*bakery, phrases::would_take(drill, &[tent]));
        scene.does(*clinic, phrases::would_take(tent, &[bicycle]));
        scene.does(*farm, phrases::would_take(bicycle, &[drill]));
        Self { village, drill, tent, bicycle }
    }

    /// The same, when a round has closed its offers and found the ring.
    fn found() -> (Self, Vec<Ref<Contract>>) {
        let mut yard = Self::new();
        yard.village.scene.open_and_close_round(yard.village.farm);
        let mut rings = rings(&yard.village.scene);
        assert_eq!(rings.len(), 1);
        (yard, rings.remove(0))
    }
}

#[test]
fn three_units_swap_a_thing_each_and_no_entitlement_moves() {
    let (Yard { mut village, drill, .. }, ring) = Yard::found();
    let scene = &mut village.scene;
    let (bakery, clinic, farm) = (village.bakery, village.clinic, village.farm);
    let way: Vec<_> = ring.iter().map(|&contract| sides(scene, contract)).collect();
    assert_eq!(way, [(bakery, farm), (farm, clinic), (clinic, bakery)]);
    // One yes of a unit is for what it gives and for what it gets.
    for (unit, contract) in [(bakery, ring[0]), (clinic, ring[1])] {
        scene.does(unit, phrases::accept(contract));
        assert_eq!(scene.refused(unit, phrases::accept(contract)).code(), "answered-already");
        assert!(ring.iter().all(|&contract| scene.row(contract).is_proposed()));
    }
    scene.does(farm, phrases::accept(ring[0]));
    assert!(ring.iter().all(|&contract| scene.row(contract).is_agreed()));
    assert_eq!(scene.federation.standing_things().count(), 0);
    let gone = phrases::withdraw_thing(drill);
    assert_eq!(scene.refused(bakery, gone).code(), "thing-gone");
    for &contract in &ring {
        scene.delivered(contract, 1);
        assert_eq!(scene.row(contract).status, Status::Fulfilled);
    }
    entitled(scene, &[(bakery, 0), (clinic, 0), (farm, 0)]);
}

#[test]
fn a_swap_needs_no_room_and_takes_none() {
    let (Yard { mut village, .. }, ring) = Yard::found();
    let scene = &mut village.scene;
    // The clinic uses up all its room, and more it cannot take.
    let eaten = scene.agreed((village.bakery, village.clinic), village.bread, 20);
    scene.delivered(eaten, 20);
    for (unit, contract) in
        [(village.bakery, ring[0]), (village.clinic, ring[1]), (village.farm, ring[0])]
    {
        scene.does(unit, phrases::accept(contract));
    }
    for &contract in &ring {
        scene.delivered(contract, 1);
    }
    entitled(scene, &[(village.bakery, 20), (village.clinic, -20), (village.farm, 0)]);
}

#[test]
fn everybody_gets_the_best_that_is_left() {
    let Yard { mut village, drill, tent, .. } = Yard::new();
    let scene = &mut village.scene;
    // The clinic likes the drill better than the bicycle, so it trades with the bakery.
    scene.does(village.clinic, phrases::would_take(tent, &[drill]));
    scene.open_and_close_round(village.farm);
    let rings = rings(scene);
    assert_eq!(rings.len(), 1);
    let way: Vec<_> = rings[0].iter().map(|&contract| sides(scene, contract)).collect();
    assert_eq!(way, [(village.bakery, village.clinic), (village.clinic, village.bakery)]);
}

#[test]
fn one_no_ends_the_whole_ring_and_the_same_ring_is_not_found_again() {
    let (Yard { mut village, drill, tent, bicycle }, ring) = Yard::found();
    let scene = &mut village.scene;
    scene.does(village.bakery, phrases::accept(ring[0]));
    scene.does(village.farm, phrases::decline(ring[1]));
    for &contract in &ring {
        let status = &scene.row(contract).status;
        assert!(matches!(status, Status::Declined { by, .. } if *by == village.farm), "{status:?}");
    }
    assert_eq!(scene.refused(village.clinic, phrases::accept(ring[2])).code(), "not-proposed");
    // What it refused to give to the clinic is off the clinic's list, and nothing else.
    assert!(thing(scene, tent).would_take.is_empty());
    assert_eq!(thing(scene, drill).would_take.len(), 1);
    assert_eq!(thing(scene, bicycle).would_take.len(), 1);
    scene.wait_days(7);
    scene.open_and_close_round(village.farm);
    assert!(rings(scene).is_empty());
    // The clinic may want something else, and then there may be another ring.
    scene.does(village.clinic, phrases::would_take(tent, &[drill]));
    scene.wait_days(7);
    scene.open_and_close_round(village.farm);
    assert_eq!(rings(scene).len(), 1);
}

#[test]
fn silence_lets_a_ring_lapse_and_takes_off_the_lists_what_it_was_about() {
    let (Yard { mut village, drill, tent, bicycle }, ring) = Yard::found();
    let scene = &mut village.scene;
    scene.does(village.bakery, phrases::accept(ring[0]));
    scene.does(village.clinic, phrases::accept(ring[1]));
    scene.wait_days(7);
    let late = scene.refused(village.farm, phrases::accept(ring[0]));
    assert_eq!(late.code(), "contract-lapsed");
    scene.open_and_close_round(village.farm);
    assert!(ring.iter().all(|&contract| scene.row(contract).status == Status::Lapsed));
    assert!(rings(scene).is_empty());
    // The farm was silent about the drill that it would get and the bicycle that it would give.
    assert!(thing(scene, bicycle).would_take.is_empty());
    assert!(thing(scene, tent).would_take.is_empty());
    assert_eq!(thing(scene, drill).would_take.len(), 1);
    assert_eq!(scene.federation.standing_things().count(), 3);
}

#[test]
fn a_ring_that_still_waits_keeps_its_things_out_of_the_next() {
    let pact = federation::Pact { answer_hours: 336, ..federation::Pact::default() };
    let listed = ["bakery", "clinic"].map(|name| testkit::Listed::new(name, 1)).to_vec();
    let mut scene = Scene::found_with(pact, listed);
    let [bakery, clinic] = ["bakery", "clinic"].map(|name| scene.called(name));
    let bread = scene.valued(bakery, "bread", 60);
    let [drill, tent] = [bakery, clinic].map(|unit| scene.brought(unit, bread));
    scene.does(bakery, phrases::would_take(drill, &[tent]));
    scene.does(clinic, phrases::would_take(tent, &[drill]));
    scene.open_and_close_round(bakery);
    let ring = rings(&scene).remove(0);
    scene.wait_days(7);
    scene.open_and_close_round(bakery);
    assert!(rings(&scene).is_empty());
    assert!(ring.iter().all(|&contract| scene.row(contract).is_proposed()));
}

#[test]
fn whoever_leaves_or_takes_a_thing_back_says_no_to_its_ring() {
    let (Yard { mut village, tent, .. }, ring) = Yard::found();
    village.scene.does(village.clinic, phrases::withdraw_thing(tent));
    let (Yard { village: mut other, .. }, other_ring) = Yard::found();
    other.scene.does(other.clinic, federation::Act::Leave {});
    for (village, ring) in [(&village, ring), (&other, other_ring)] {
        for contract in ring {
            let status = &village.scene.row(contract).status;
            assert!(
                matches!(status, Status::Declined { by, .. } if *by == village.clinic),
                "{status:?}"
            );
        }
        assert_eq!(village.scene.federation.standing_things().count(), 2);
        federation::invariants::check(&village.scene.federation).unwrap();
    }
}

#[test]
fn one_contract_of_a_swap_can_be_ended_like_any_other_when_it_is_agreed() {
    let (Yard { mut village, .. }, ring) = Yard::found();
    let scene = &mut village.scene;
    for (unit, contract) in
        [(village.bakery, ring[0]), (village.clinic, ring[1]), (village.farm, ring[0])]
    {
        scene.does(unit, phrases::accept(contract));
    }
    scene.does(village.farm, phrases::end(ring[0]));
    let agreed: Vec<_> = ring.iter().map(|&contract| scene.row(contract).is_agreed()).collect();
    assert_eq!(agreed, [false, true, true]);
    federation::invariants::check(&scene.federation).unwrap();
}

#[test]
fn things_under_a_retired_specification_are_swapped_no_more() {
    let Yard { mut village, .. } = Yard::new();
    let scene = &mut village.scene;
    let (id, _) = scene.federation.specifications().next().unwrap();
    let retire = phrases::retire(scene.federation.specification_ref(id).unwrap());
    scene.does(village.bakery, retire);
    assert_eq!(scene.refused(village.farm, phrases::bring(village.bread)).code(), "retired");
    scene.open_and_close_round(village.farm);
    assert!(rings(scene).is_empty());
}

#[test]
fn a_list_is_of_what_others_have_in_the_swap_and_each_once() {
    let Yard { mut village, drill, tent, bicycle } = Yard::new();
    let scene = &mut village.scene;
    let second = scene.brought(village.bakery, village.bread);
    let mut refused = |unit, act| scene.refused(unit, act).code();
    let bakery = village.bakery;
    assert_eq!(refused(bakery, phrases::would_take(drill, &[second])), "own-thing");
    assert_eq!(refused(bakery, phrases::would_take(drill, &[drill])), "own-thing");
    let twice = phrases::would_take(drill, &[tent, bicycle, tent]);
    assert_eq!(refused(bakery, twice), "takes-out-of-bounds");
    assert_eq!(refused(bakery, phrases::would_take(tent, &[drill])), "not-yours");
    assert_eq!(refused(bakery, phrases::withdraw_thing(tent)), "not-yours");
    assert_eq!(refused(bakery, phrases::would_take(drill, &[tent])), "nothing-changes");
    let nothing = federation::act::BringThing {
        version: village.bread,
        quantity: phrases::steps(0),
        what: phrases::line("a wish"),
    };
    assert_eq!(refused(bakery, federation::Act::BringThing(nothing)), "quantity-nought");
    let scene = &mut village.scene;
    scene.does(village.clinic, phrases::withdraw_thing(tent));
    let again = phrases::withdraw_thing(tent);
    assert_eq!(scene.refused(village.clinic, again).code(), "withdrawn");
    let gone = phrases::would_take(drill, &[tent, bicycle]);
    assert_eq!(scene.refused(bakery, gone).code(), "thing-gone");
    scene.does(bakery, phrases::would_take(drill, &[]));
    let many: Vec<_> = (0..65).map(|_| scene.brought(village.clinic, village.bread)).collect();
    assert_eq!(
        scene.refused(bakery, phrases::would_take(drill, &many)).code(),
        "takes-out-of-bounds"
    );
    scene.does(bakery, phrases::would_take(drill, &many[..64]));
}

#[test]
fn nothing_is_swapped_between_two_of_whom_one_refuses_the_other() {
    // The farm would get the drill of the bakery; whoever of the two refuses, there is no ring.
    for bakery_refuses in [true, false] {
        let Yard { mut village, .. } = Yard::new();
        let (scene, bakery, farm) = (&mut village.scene, village.bakery, village.farm);
        let (by, partner) = if bakery_refuses { (bakery, farm) } else { (farm, bakery) };
        let units = vec![scene.unit(partner)];
        scene.does(by, Act::RefusePartners(RefusePartners { units }));
        scene.open_and_close_round(farm);
        assert_eq!(rings(scene).len(), 0);
    }
}
