//! A small federation as a model for the checker, which goes through all its states.

use federation::{Act, Days, Federation, Time};
use stateright::{Model, Property};
use testkit::{Member, Scene, Twist};

use crate::free::{self, Broken};
use crate::moment::{Doing, Moment};

/// One room of what people do, small enough to go through everything that can come of it.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    /// What it is about.
    pub(crate) name: &'static str,
    /// How it begins.
    pub(crate) begins: fn() -> Scene,
    /// What somebody might do next.
    pub(crate) acts: fn(&Scene, Size, &mut Acts),
    /// How far it goes: a state beyond is not looked at.
    pub(crate) within: fn(&Federation, Size) -> bool,
    /// How many acts lead to the states farthest away, by size.
    pub(crate) acts_deep: [usize; 3],
    /// How many days pass at once, and how often, by size.
    pub(crate) days: (u16, [u16; 3]),
    /// What must come about somewhere in it, or it shows little.
    pub(crate) reached: &'static [(&'static str, Reached)],
}

/// Whether something has come about in a state.
pub(crate) type Reached = fn(&Small, &Moment) -> bool;

/// How large a model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Size {
    /// Seconds.
    Tiny,
    /// As `./test` goes through it.
    Usual,
    /// As `./test --long` does.
    Long,
}

impl Size {
    /// The fewest states of all rooms together, or the models have grown too small to show much.
    pub(crate) const fn states_at_least(self) -> usize {
        match self {
            Self::Tiny => 1_000,
            Self::Usual => 1_000_000,
            Self::Long => 10_000_000,
        }
    }
}

/// Acts that people think of.
#[derive(Default)]
pub(crate) struct Acts(Vec<Doing>);

impl Acts {
    pub(crate) fn may(&mut self, by: Member, act: Act) {
        self.0.push(Doing::Act(by, act));
    }
}

/// A room to go through.
pub(crate) struct Small {
    room: Room,
    size: Size,
    begins_at: Time,
    deepest: usize,
    twist: Option<Twist>,
}

impl Small {
    /// A room of a size; with a rule that should not be there, to see that it is noticed.
    pub(crate) fn new(room: Room, size: Size, twist: Option<Twist>) -> Self {
        let begins_at = (room.begins)().now;
        let deepest = room.acts_deep[size as usize];
        Self { room, size, begins_at, deepest, twist }
    }

    fn holds(&self, moment: &Moment, which: Broken) -> bool {
        moment.verdict(free::broken_in, self.twist) != Some(which)
    }

    /// The federation in a state.
    pub(crate) fn at<'a>(&self, moment: &'a Moment) -> &'a Federation {
        &moment.scene(self.twist).federation
    }
}

impl Model for Small {
    type State = Moment;
    type Action = Doing;

    fn init_states(&self) -> Vec<Moment> {
        vec![Moment::first(&(self.room.begins)())]
    }

    fn actions(&self, moment: &Moment, actions: &mut Vec<Doing>) {
        if moment.deep() >= self.deepest {
            return;
        }
        let scene = moment.scene(self.twist);
        let mut acts = Acts::default();
        (self.room.acts)(scene, self.size, &mut acts);
        actions.append(&mut acts.0);
        let (days, often) = self.room.days;
        let most = self.begins_at.plus_days(Days(days * often[self.size as usize]));
        if scene.now < most {
            actions.push(Doing::DaysPass(days));
        }
    }

    fn next_state(&self, moment: &Moment, doing: Doing) -> Option<Moment> {
        moment.after(doing, self.twist, |next| (self.room.within)(next, self.size))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut all = vec![
            Property::always("leave", |model: &Self, at| model.holds(at, Broken::Leave)),
            Property::always("copy", |model: &Self, at| model.holds(at, Broken::Copy)),
            Property::always("recall", |model: &Self, at| model.holds(at, Broken::Recall)),
            Property::always("propose", |model: &Self, at| model.holds(at, Broken::Propose)),
            Property::always("invariants", |model: &Self, at| model.holds(at, Broken::Invariant)),
        ];
        let reached = self.room.reached.iter();
        all.extend(reached.map(|&(name, condition)| Property::sometimes(name, condition)));
        all
    }
}
