use federation::Act;
use federation::act::{CeilingWarning, ProposeContract};
use measure::Hours;
use testkit::{Listed, Scene, member, phrases};

use crate::{Village, entitled};

const RING: [&str; 5] = ["bakery", "clinic", "farm", "smithy", "school"];

#[test]
fn a_ring_of_five_with_one_hour_of_room_carries_out_a_ten_hour_circuit_by_instalments() {
    let base = |name: &str| i32::from(name == "bakery");
    let listed = RING.iter().map(|name| Listed::new(name, 1).base(base(name))).collect();
    let mut scene = Scene::found(listed);
    let units = RING.map(|name| scene.called(name));
    let things = units.map(|unit| scene.valued(unit, &format!("thing {unit}"), 60));
    for (nth, &unit) in units.iter().enumerate() {
        scene.does(unit, Act::Offer(phrases::wish(things[nth], 10)));
        scene.does(unit, Act::Need(phrases::wish(things[(nth + 4) % 5], 10)));
    }
    let round = scene.open_and_close_round(units[0]);
    let contracts = scene.planned(units[0], round);
    assert_eq!(contracts.len(), 5);
    for &contract in &contracts {
        let parties = scene.row(contract).parties;
        for side in [parties.giver, parties.receiver] {
            scene.does(side, phrases::accept(contract));
        }
    }
    let given_by = |scene: &Scene, unit| {
        *contracts.iter().find(|c| scene.row(**c).parties.giver == unit).unwrap()
    };
    // Only the bakery has room, for an hour: nobody else can begin, and nobody with two.
    let first = given_by(&scene, units[0]);
    assert_eq!(scene.refused(units[0], phrases::deliver(first, 1)).code(), "receiver-gives-first");
    let to_bakery = given_by(&scene, units[4]);
    let two = scene.refused(units[4], phrases::deliver(to_bakery, 2));
    assert_eq!(two.code(), "receiver-gives-first");
    for _ in 0..10 {
        for giver in [4, 3, 2, 1, 0] {
            let contract = given_by(&scene, units[giver]);
            scene.delivered(contract, 1);
        }
    }
    entitled(&scene, &units.map(|unit| (unit, 0)));
    let whole = |contract| scene.row(contract).accepted == phrases::steps(10);
    assert!(contracts.iter().all(|&contract| whole(contract)));
}

#[test]
fn a_ring_of_two_hundred_invented_units_takes_no_more_than_honest_units_backed() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    let mut ring = Vec::new();
    for number in 0..200 {
        scene.record(member(number), phrases::join(&format!("invented {number}")));
        ring.push(scene.called(&format!("invented {number}")));
    }
    let back = phrases::back(scene.unit(ring[0]), 5);
    scene.does(farm, back);
    let nothing = scene.valued(ring[0], "nothing", 60);
    // Each invented unit "gives" its neighbour all that the neighbour has room for, and spends it.
    for turn in 0..ring.len() {
        let (giver, receiver) = (ring[(turn + 1) % ring.len()], ring[turn]);
        let room = scene.federation.room(receiver).seconds() / 3600;
        let act = phrases::give(scene.unit(receiver), nothing, room.max(1));
        let act = ProposeContract { ceiling: CeilingWarning::Understood, ..act };
        let proposed = scene.does(giver, Act::ProposeContract(act));
        let contract = scene.contract(&proposed);
        let delivery = scene
            .tries(receiver, phrases::accept(contract))
            .ok()
            .map(|_| scene.delivered(contract, room.max(1)));
        scene.wait_days(1);
        take_bread(&mut scene, giver, bakery, bread);
        // What was spent cannot be corrected away, so the neighbour's room does not come back.
        if let Some(delivery) = delivery {
            assert_eq!(scene.refused(giver, phrases::correct(delivery, 0)).code(), "no-room");
        }
    }
    for &unit in &ring {
        take_bread(&mut scene, unit, bakery, bread);
    }
    entitled(&scene, &[(bakery, 5), (clinic, 0), (farm, 0)]);
    let taken = ring.iter().map(|&unit| scene.entitlement(unit).seconds()).sum::<i64>();
    assert_eq!(taken, -Hours::whole(5).seconds());
}

/// Takes an hour of bread after the other, as long as a rule lets it.
fn take_bread(
    scene: &mut Scene,
    unit: federation::Id<federation::rows::Unit>,
    bakery: federation::Id<federation::rows::Unit>,
    bread: federation::Ref<federation::rows::Version>,
) {
    for _ in 0..10 {
        let proposed = phrases::give(scene.unit(unit), bread, 1);
        let proposed = scene.does(bakery, Act::ProposeContract(proposed));
        let contract = scene.contract(&proposed);
        if scene.tries(unit, phrases::accept(contract)).is_err() {
            return;
        }
        scene.delivered(contract, 1);
    }
}

#[test]
fn splitting_padding_and_leaving_raise_nothing() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    let room = |scene: &Scene| scene.federation.room_left();
    let before = room(&scene);
    // Padding: the clinic takes in ten people who do not exist.
    for number in 0..10 {
        let invented = member(100 + number);
        scene.does(clinic, phrases::admit(invented.person, invented.key));
    }
    assert_eq!(room(&scene), before);
    // Splitting: one of them leaves and founds a unit that the clinic backs with all it has.
    scene.record(member(100), Act::MemberLeaves {});
    scene.record(member(100), phrases::new_unit("clinic two"));
    let split = scene.called("clinic two");
    let back = phrases::back(scene.unit(split), 20);
    scene.does(clinic, back);
    assert_eq!(room(&scene), before);
    assert_eq!(scene.federation.room(clinic), Hours::ZERO);
    // The first half takes what it can and leaves; the second cannot take the same hours again.
    let contract = scene.agreed((bakery, split), bread, 20);
    scene.delivered(contract, 20);
    scene.does(split, Act::Leave {});
    assert_eq!(scene.federation.room(clinic), Hours::ZERO);
    entitled(&scene, &[(bakery, 20), (split, -20), (clinic, 0), (farm, 0)]);
}
