//! Goes through the states of small federations, every one, and shows that in each of them whoever wants can
//! leave, take a copy along, take a delegate back and propose.
//!
//! usage: `every_state [tiny | usual | long] [ROOM]`
//!
//! It fails if something does not hold in one of the states, if there are fewer than a million of them
//! (ten million for `long`), if what must come about somewhere does not, or if a rule that should not be
//! there goes unnoticed.
//!
//! The states are those of the program itself: what people might do in one of its rooms is a model
//! for [`stateright`], which goes through every state that so many acts lead to. Rules that should not
//! be there are put in, to see that the models notice.

mod free;
mod model;
mod moment;
mod print;
mod rooms;

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use federation::rows::{Course, Proposal, Says};
use federation::{Act, Entry, Federation};
use model::{Room, Size, Small};
use rooms::{CONTRACTS, DELEGATES, ROOMS, VOTES};
use stateright::{Checker, HasDiscoveries, Model};
use testkit::Twist;

fn main() -> ExitCode {
    let size = match std::env::args().nth(1).as_deref() {
        None | Some("usual") => Size::Usual,
        Some("tiny") => Size::Tiny,
        Some("long") => Size::Long,
        Some(other) => {
            eprintln!("`{other}` is no size; say tiny, usual or long");
            return ExitCode::FAILURE;
        }
    };
    let only = std::env::args().nth(2);
    let asked = |room: &&Room| only.as_ref().is_none_or(|only| room.name.contains(only));
    let rooms: Vec<&Room> = ROOMS.iter().filter(asked).collect();
    let states = all_of(&rooms, size);
    let noticed = only.is_some() || TWISTS.iter().all(|twist| is_noticed(*twist));
    println!("{} states in all", states.unwrap_or_default());
    let least = if only.is_some() { 0 } else { size.states_at_least() };
    if states.is_some_and(|states| states < least) {
        println!("too few: {least} states or more are to be gone through");
    }
    match noticed && states.is_some_and(|states| states >= least) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Goes through rooms, several at a time; how many states they have together, if all holds in them.
fn all_of(rooms: &[&Room], size: Size) -> Option<usize> {
    let next = AtomicUsize::new(0);
    let states = AtomicUsize::new(0);
    let sound = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(room) = rooms.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(found) = go_through(**room, size) {
                        states.fetch_add(found, Ordering::Relaxed);
                        sound.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    (sound.into_inner() == rooms.len()).then(|| states.into_inner())
}

/// How many states a room has, if everything holds in all of them and what must come about does.
fn go_through(room: Room, size: Size) -> Option<usize> {
    let begun = Instant::now();
    let checker = checked(Small::new(room, size, None));
    let states = checker.unique_state_count();
    let (deep, seconds) = (checker.max_depth() - 1, begun.elapsed().as_secs());
    println!("{}: {states} states, up to {deep} acts deep, {seconds} s", room.name);
    let discoveries = checker.discoveries();
    for (name, path) in discoveries.iter().filter(|(name, _)| ALWAYS.contains(name)) {
        println!("  `{name}` does not hold after {:#?}", path.clone().into_actions());
    }
    let missing = room.reached.iter().filter(|(name, _)| !discoveries.contains_key(name));
    let missing: Vec<&str> = missing.map(|(name, _)| *name).collect();
    for name in &missing {
        println!("  {}: nowhere in it: {name}", room.name);
    }
    let broken = discoveries.keys().any(|name| ALWAYS.contains(name));
    (!broken && (missing.is_empty() || size == Size::Tiny)).then_some(states)
}

const ALWAYS: [&str; 5] = ["leave", "copy", "recall", "propose", "invariants"];

/// One after the other, those that fewer acts lead to first: so none is passed over because more
/// acts were seen to lead there.
fn checked(small: Small) -> impl Checker<Small> {
    small.checker().finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join()
}

/// A rule that should not be there, where it is put in, and what it makes impossible.
type Twisted = (&'static str, Room, Twist, &'static str);

const TWISTS: [Twisted; 3] = [
    ("whoever is in debt cannot leave", CONTRACTS, rooms::debtors_stay, "leave"),
    ("nobody is recalled while the whole votes", DELEGATES, nobody_is_recalled_now, "recall"),
    ("a unit that said no asks nothing more", VOTES, who_said_no_is_silent, "propose"),
];

/// Whether a rule that should not be there is found out.
fn is_noticed((what, room, twist, impossible): Twisted) -> bool {
    let checker = checked(Small::new(room, Size::Tiny, Some(twist)));
    let Some(path) = checker.discovery(impossible) else {
        println!("not noticed: {what}");
        return false;
    };
    println!(
        "noticed that `{impossible}` is not always possible, were it a rule that {what}, after"
    );
    path.into_actions().iter().for_each(|doing| println!("  {doing:?}"));
    true
}

fn nobody_is_recalled_now(federation: &Federation, entry: &Entry) -> bool {
    let votes = |row: &Proposal| row.course == Course::Voting && row.electorate.len() > 1;
    let voting = federation.proposals().any(|(_, row)| votes(row));
    voting && matches!(entry.statement.act, Act::Recall(_))
}

fn who_said_no_is_silent(federation: &Federation, entry: &Entry) -> bool {
    let person = federation.person_by_id(entry.statement.person);
    let unit = person.and_then(|id| federation.person(id).ok()?.unit);
    let seals = federation.proposals().filter_map(|(_, row)| row.electorate.get(&unit?)?.seal);
    let said_no = seals.map(|seal| seal.says).any(|says| says == Says::No);
    said_no && matches!(entry.statement.act, Act::Propose(_))
}
