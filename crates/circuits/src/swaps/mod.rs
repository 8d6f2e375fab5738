//! One thing for another, without hours: top trading cycles.
//!
//! Everybody brings a thing and lists what they would take for it. Each thing points to the one
//! that its owner likes best of those still there, or to itself. Some ring of things must close:
//! its owners all get what they like best of what there is, so it goes round and leaves. What
//! remains points anew, until nothing is left.
//!
//! Shapley and Scarf, "On cores and indivisibility" (1974), with the algorithm of David Gale.
//! Where every list is strict, as here, the outcome is the only one in the core (Roth and
//! Postlewaite, 1977), and nobody gets something better by writing another list than the true one
//! (Roth, 1982).

mod refused;

use crate::maps::{Map, ThingIndex};

pub use refused::SwapsRefused;

/// Things that change hands together: a ring that closed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Swap {
    /// In which step it closed, counted from 1: all that its owners would rather have had left in
    /// an earlier one.
    pub step: u32,
    /// Two things or more. The owner of each gets the one behind it, the owner of the last gets the
    /// first. The first is the one that stands first in the input.
    pub things: Vec<ThingIndex>,
}

/// The swaps among things, each with the list of what its owner would take for it, best first.
///
/// Shape: one list per thing, in the order of the things; whatever is not listed is not taken, so
/// those who refuse each other just do not list each other. Swaps come in the order of their steps,
/// and within one in the order of their first things; what is in none stays where it is.
///
/// Always holds: nobody gets anything that they have not listed; no group could do better among
/// itself, so that one of it gains and none loses; no other list would have got anybody something
/// that they like better. Somebody with several things has a list for each, and these hold for each
/// by itself. The order of the things changes nothing but the order of the swaps.
///
/// Takes time in proportion to the lengths of all lists, but for sorting the swaps. Refused for a
/// list that names what is not there, one thing twice, or its own.
///
/// ```
/// use circuits::{ThingIndex as Thing, swaps};
///
/// // A drill, a tent and a bicycle: the drill for the tent, the tent for the bicycle or the drill.
/// let lists = [vec![Thing(1)], vec![Thing(2), Thing(0)], vec![]];
/// let found = swaps(&lists).unwrap();
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].step, &found[0].things[..]), (2, &[Thing(0), Thing(1)][..]));
/// ```
pub fn swaps(would_take: &[Vec<ThingIndex>]) -> Result<Vec<Swap>, SwapsRefused> {
    let count = check(would_take)?;
    let mut trading = Trading {
        would_take: would_take.iter().map(Vec::as_slice).collect::<Vec<_>>().into(),
        passed: Map::filled(0, would_take.len()),
        place: Map::filled(Place::There, would_take.len()),
        path: Vec::new(),
        swaps: Vec::new(),
    };
    for thing in 0..count {
        trading.follow(ThingIndex(thing));
    }
    trading.swaps.sort_unstable();
    Ok(trading.swaps)
}

/// The most things.
const THINGS_MAX: usize = 1 << 30;

/// How many things there are, if every list is strict.
fn check(would_take: &[Vec<ThingIndex>]) -> Result<u32, SwapsRefused> {
    let count = u32::try_from(would_take.len()).ok().filter(|_| would_take.len() <= THINGS_MAX);
    let count = count.ok_or(SwapsRefused::TooMany)?;
    let mut last_listed_by = Map::<ThingIndex, _>::filled(None, would_take.len());
    for (list, wanted) in (0..).map(ThingIndex).zip(would_take) {
        for &named in wanted {
            if named.0 >= count {
                return Err(SwapsRefused::NotThere { list, named, count: would_take.len() });
            }
            if named == list {
                return Err(SwapsRefused::Own { list });
            }
            if last_listed_by[named].replace(list) == Some(list) {
                return Err(SwapsRefused::Twice { list, named });
            }
        }
    }
    Ok(count)
}

/// Where a thing is while rings are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nobody has pointed to it yet.
    There,
    /// On the path that is being followed.
    OnPath,
    /// It left in this step.
    Gone(u32),
}

/// Follows who points to whom. A thing on the path points to the next one, and does so until the
/// ring that the last one closes has left; so each entry of each list is passed over once.
struct Trading<'a> {
    /// What is left of each list: those before are gone.
    would_take: Map<ThingIndex, &'a [ThingIndex]>,
    /// The last step in which something left that the owner of each thing would rather have had.
    passed: Map<ThingIndex, u32>,
    place: Map<ThingIndex, Place>,
    path: Vec<ThingIndex>,
    swaps: Vec<Swap>,
}

impl Trading<'_> {
    /// Follows from a thing until everything on the way has left.
    fn follow(&mut self, thing: ThingIndex) {
        if self.place[thing] == Place::There {
            self.enter(thing);
        }
        while let Some(&last) = self.path.last() {
            let best = self.best(last);
            if self.place[best] == Place::OnPath {
                self.close(best);
            } else {
                self.enter(best);
            }
        }
    }

    fn enter(&mut self, thing: ThingIndex) {
        self.place[thing] = Place::OnPath;
        self.path.push(thing);
    }

    /// What an owner likes best of all that is still there; at last their own thing.
    fn best(&mut self, thing: ThingIndex) -> ThingIndex {
        while let Some((&first, rest)) = self.would_take[thing].split_first() {
            let Place::Gone(step) = self.place[first] else { return first };
            self.passed[thing] = self.passed[thing].max(step);
            self.would_take[thing] = rest;
        }
        thing
    }

    /// The ring from `first` to the end of the path leaves.
    ///
    /// Its step does not depend on where the search began: a ring is there as soon as all that its
    /// owners like better has left, and no sooner.
    fn close(&mut self, first: ThingIndex) {
        let mut things = Vec::new();
        while let Some(thing) = self.path.pop() {
            things.push(thing);
            if thing == first {
                break;
            }
        }
        things.reverse();
        let step = 1 + things.iter().map(|&thing| self.passed[thing]).max().unwrap_or(0);
        for &thing in &things {
            self.place[thing] = Place::Gone(step);
        }
        if things.len() > 1 {
            let least = things.iter().min().copied();
            let place = things.iter().position(|thing| Some(*thing) == least);
            things.rotate_left(place.unwrap_or(0));
            self.swaps.push(Swap { step, things });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(of: &[&[u32]]) -> Vec<Vec<ThingIndex>> {
        of.iter().map(|list| list.iter().copied().map(ThingIndex).collect()).collect()
    }

    fn found(of: &[&[u32]]) -> Vec<(u32, Vec<u32>)> {
        let swaps = swaps(&lists(of)).unwrap();
        let plain = |swap: Swap| (swap.step, swap.things.into_iter().map(u32::from).collect());
        swaps.into_iter().map(plain).collect()
    }

    #[test]
    fn nothing_is_swapped_where_nobody_brings_or_wants_anything() {
        assert_eq!(found(&[]), []);
        assert_eq!(found(&[&[], &[]]), []);
        assert_eq!(found(&[&[1], &[]]), []);
    }

    #[test]
    fn the_owner_of_each_thing_gets_the_one_behind_it() {
        assert_eq!(found(&[&[2], &[0], &[1]]), [(1, vec![0, 2, 1])]);
    }

    #[test]
    fn a_ring_closes_in_the_step_after_what_its_owners_would_rather_have() {
        // 0 and 1 trade at once; 2 wanted 0, and then trades with 3; 4 wanted 3, and then keeps.
        let wanted: [&[u32]; 6] = [&[1], &[0], &[0, 3], &[2], &[3], &[4, 2, 0]];
        assert_eq!(found(&wanted), [(1, vec![0, 1]), (2, vec![2, 3])]);
    }

    #[test]
    fn somebody_who_keeps_their_own_can_hold_others_up_for_a_step() {
        assert_eq!(found(&[&[2, 1], &[0], &[]]), [(2, vec![0, 1])]);
    }

    #[test]
    fn a_list_that_is_not_strict_is_refused() {
        let refused = |of: &[&[u32]]| swaps(&lists(of)).unwrap_err().to_string();
        assert_eq!(
            refused(&[&[1, 0], &[]]),
            "the list of thing `0` names that thing itself; leave it out, it stands at the end"
        );
        assert_eq!(
            refused(&[&[], &[0, 2, 0], &[]]),
            "the list of thing `1` names thing `0` twice; name it once, in its place"
        );
        assert_eq!(
            refused(&[&[], &[2]]),
            "the list of thing `1` names thing `2`, but there are 2; name one of them"
        );
    }
}
