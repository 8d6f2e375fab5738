//! The guarantees of swaps, each on thousands of small instances, against plain enumeration.

use circuits::{Swap, ThingIndex, swaps};
use proptest::prelude::*;

type Lists = Vec<Vec<ThingIndex>>;

/// What each owner gets: the position of a thing, its own if it keeps it.
type Outcome = Vec<usize>;

fn outcome(lists: &Lists) -> Outcome {
    let mut gets: Outcome = (0..lists.len()).collect();
    for Swap { things, .. } in swaps(lists).unwrap() {
        for (place, thing) in things.iter().enumerate() {
            gets[at(*thing)] = at(things[(place + 1) % things.len()]);
        }
    }
    gets
}

fn at(thing: ThingIndex) -> usize {
    usize::try_from(thing.0).unwrap()
}

/// How much an owner likes a thing: 0 best, none if they would rather keep their own.
fn rank(lists: &Lists, owner: usize, thing: usize) -> Option<usize> {
    match lists[owner].iter().position(|&listed| at(listed) == thing) {
        None if thing == owner => Some(lists[owner].len()),
        found => found,
    }
}

/// All orders of all subsets of these.
fn orders(of: &[u32]) -> Lists {
    let mut all = vec![Vec::new()];
    for (place, &first) in of.iter().enumerate() {
        let mut others = of.to_vec();
        others.remove(place);
        all.extend(
            orders(&others).into_iter().map(|rest| [vec![ThingIndex(first)], rest].concat()),
        );
    }
    all
}

/// All ways of giving each owner one thing.
fn outcomes(count: usize) -> Vec<Outcome> {
    let mut all = vec![Vec::new()];
    for _ in 0..count {
        let longer = |one: Outcome| {
            let left: Vec<usize> = (0..count).filter(|thing| !one.contains(thing)).collect();
            left.into_iter().map(move |thing| [one.clone(), vec![thing]].concat())
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

/// Whether some group could part its own things among itself so that one gains and none loses.
fn blocked(lists: &Lists, gets: &Outcome, all: &[Outcome]) -> bool {
    let count = lists.len();
    (1_u32..1 << count).any(|group| {
        let within = |owner: &usize| group >> owner & 1 == 1;
        let members = || (0..count).filter(within);
        all.iter().any(|other| {
            let gains = |owner| {
                let new = rank(lists, owner, other[owner])?;
                // What somebody would not take at all is below everything.
                Some(rank(lists, owner, gets[owner]).map_or(1, |old| old.cmp(&new) as i32))
            };
            members().all(|owner| within(&other[owner]) && gains(owner).is_some_and(|g| g >= 0))
                && members().any(|owner| gains(owner).is_some_and(|g| g > 0))
        })
    })
}

/// Between `least` and `most` things, with a list for each.
fn any_lists(least: usize, most: usize) -> impl Strategy<Value = Lists> {
    (least..=most).prop_flat_map(|count| {
        let one = move |owner: usize| {
            let others: Vec<u32> =
                (0..u32::try_from(count).unwrap()).filter(|&o| o as usize != owner).collect();
            let length = 0..=others.len();
            (Just(others).prop_shuffle(), length).prop_map(|(mut others, length)| {
                others.truncate(length);
                others.into_iter().map(ThingIndex).collect::<Vec<_>>()
            })
        };
        (0..count).map(one).collect::<Vec<_>>()
    })
}

/// Gale's algorithm as it is told: all point at once, and all rings leave at once.
fn told(lists: &Lists) -> Vec<Swap> {
    let mut left: Vec<usize> = (0..lists.len()).collect();
    let mut found = Vec::new();
    let mut step = 0;
    while !left.is_empty() {
        step += 1;
        let points = |owner: usize| {
            lists[owner]
                .iter()
                .map(|&listed| at(listed))
                .find(|t| left.contains(t))
                .unwrap_or(owner)
        };
        let ring = |owner: usize| {
            let mut ring = vec![owner];
            while points(*ring.last().unwrap()) != owner && ring.len() <= left.len() {
                ring.push(points(*ring.last().unwrap()));
            }
            (ring.len() <= left.len()).then_some(ring)
        };
        let rings: Vec<Vec<usize>> = left.iter().filter_map(|&owner| ring(owner)).collect();
        for ring in rings.iter().filter(|ring| ring.len() > 1 && ring.iter().min() == ring.first())
        {
            let thing = |&owner: &usize| ThingIndex(u32::try_from(owner).unwrap());
            found.push(Swap { step, things: ring.iter().map(thing).collect() });
        }
        left.retain(|owner| !rings.iter().any(|ring| ring.contains(owner)));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_swaps_and_their_steps_are_those_of_the_algorithm_as_it_is_told(lists in any_lists(0, 12)) {
        prop_assert_eq!(swaps(&lists).unwrap(), told(&lists));
    }

    #[test]
    fn nobody_gets_what_they_have_not_listed_and_every_thing_has_one_owner(lists in any_lists(0, 12)) {
        let mut gets = outcome(&lists);
        for (owner, &thing) in gets.iter().enumerate() {
            prop_assert!(rank(&lists, owner, thing).is_some());
        }
        gets.sort_unstable();
        prop_assert!(gets.into_iter().eq(0..lists.len()));
    }

    #[test]
    fn the_order_of_the_things_changes_nothing(
        (lists, order) in any_lists(1, 9).prop_flat_map(|lists| {
            let places: Vec<usize> = (0..lists.len()).collect();
            (Just(lists), Just(places).prop_shuffle())
        })
    ) {
        // `order[old]` is the new place.
        let moved = |thing: ThingIndex| ThingIndex(u32::try_from(order[at(thing)]).unwrap());
        let mut turned = vec![Vec::new(); lists.len()];
        for (old, list) in lists.iter().enumerate() {
            turned[order[old]] = list.iter().map(|&thing| moved(thing)).collect();
        }
        let (plain, other) = (outcome(&lists), outcome(&turned));
        for (old, &thing) in plain.iter().enumerate() {
            prop_assert_eq!(other[order[old]], order[thing]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_outcome_is_the_only_one_that_no_group_can_better(lists in any_lists(1, 5)) {
        let all = outcomes(lists.len());
        let found = outcome(&lists);
        let acceptable =
            |one: &Outcome| one.iter().enumerate().all(|(owner, &t)| rank(&lists, owner, t).is_some());
        for one in all.iter().filter(|one| acceptable(one)) {
            prop_assert_eq!(*one == found, !blocked(&lists, one, &all), "{:?}", one);
        }
    }

    #[test]
    fn no_lie_helps(lists in any_lists(1, 5)) {
        let honest = outcome(&lists);
        for owner in 0..lists.len() {
            let others: Vec<u32> =
                (0..u32::try_from(lists.len()).unwrap()).filter(|&o| o as usize != owner).collect();
            for lie in orders(&others) {
                let mut told = lists.clone();
                told[owner] = lie;
                let got = outcome(&told)[owner];
                let (Some(true_rank), Some(got)) =
                    (rank(&lists, owner, honest[owner]), rank(&lists, owner, got)) else { continue };
                prop_assert!(got >= true_rank, "{:?}", told[owner]);
            }
        }
    }
}

#[test]
fn a_hundred_thousand_things_with_ten_wishes_each_are_swapped_as_the_algorithm_demands() {
    let count = 100_000_u32;
    let mut state = 42_u64;
    let mut draw = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % u64::from(count)).unwrap()
    };
    let list = |owner: u32, draw: &mut dyn FnMut() -> u32| {
        let mut list = Vec::new();
        while list.len() < 10 {
            let thing = ThingIndex(draw());
            if thing.0 != owner && !list.contains(&thing) {
                list.push(thing);
            }
        }
        list
    };
    let lists: Lists = (0..count).map(|owner| list(owner, &mut draw)).collect();
    let found = swaps(&lists).unwrap();
    let mut step_of = vec![None; lists.len()];
    for swap in &found {
        for &thing in &swap.things {
            step_of[at(thing)] = Some(swap.step);
        }
    }
    let gets = outcome(&lists);
    for swap in &found {
        for &thing in &swap.things {
            let got = rank(&lists, at(thing), gets[at(thing)]).unwrap();
            // Whatever they like better went to somebody else in an earlier step, or stayed.
            for &better in &lists[at(thing)][..got] {
                assert!(step_of[at(better)].is_none_or(|step| step < swap.step));
            }
        }
    }
    let swapped: usize = found.iter().map(|swap| swap.things.len()).sum();
    assert!(swapped > lists.len() / 2, "{swapped}");
}

#[test]
fn a_chain_as_long_as_the_list_and_one_wish_of_everybody_take_no_longer() {
    let count = 100_000_u32;
    // All want thing 0 first, then their neighbour; 0 wants the last.
    let list = |owner: u32| match owner {
        0 => vec![ThingIndex(count - 1)],
        _ => vec![ThingIndex(0), ThingIndex((owner + 1) % count)],
    };
    let lists: Lists = (0..count)
        .map(list)
        .map(|mut list| {
            list.dedup();
            list
        })
        .collect();
    let found = swaps(&lists).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].things, [ThingIndex(0), ThingIndex(count - 1)]);
}
