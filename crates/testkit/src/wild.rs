mod begin;
mod circle;
mod commons;
mod decisions;
mod delivery;
mod exchange;
mod fault;
mod lot;
mod mandate;
mod membership;
mod resources;
mod standing;
mod swap;
mod values;

use federation::act::Side;
use federation::rows::{Course, Person, Phase, Standing, Unit};
use federation::{Act, Entry, Federation, Id};

use crate::{Chance, Member, Scene, phrases};

/// What somebody might do next, and for which unit; any member will do.
pub(crate) struct Idea {
    unit: Option<Id<Unit>>,
    act: Act,
}

impl Idea {
    #[expect(clippy::unnecessary_wraps, reason = "what every thought ends with")]
    pub(crate) const fn of(unit: Id<Unit>, act: Act) -> Option<Self> {
        Some(Self { unit: Some(unit), act })
    }
}

type Thought = fn(&mut Wild, &Federation) -> Option<Idea>;

/// What people do, and how often, by room.
const ROOMS: [&[(u64, Thought)]; 5] = [PEOPLE, EXCHANGE, COMMONS, RESOURCES, DECISIONS];

/// After so many entries more is decided: enough has happened by then for the rules that ask for
/// much before.
const OLD: u64 = 130;

const PEOPLE: &[(u64, Thought)] = &[
    (1, Wild::announces_leaving),
    (1, Wild::leaves),
    (3, Wild::admits),
    (1, Wild::member_leaves),
    (1, Wild::introduces),
    (1, Wild::describes),
    (2, Wild::sets_signing),
    (6, Wild::names_helpers),
    (14, Wild::recovers),
    (12, Wild::vetoes),
    (4, Wild::helps_a_newcomer),
    (2, Wild::adds_key),
    (1, Wild::revokes_key),
    (2, Wild::joins),
    (2, Wild::comes_back),
    (2, Wild::begins_afresh),
    (5, Wild::backs),
    (3, Wild::releases),
    (4, Wild::attests),
];

const EXCHANGE: &[(u64, Thought)] = &[
    (4, Wild::proposes_specification),
    (2, Wild::revises),
    (1, Wild::retires),
    (7, Wild::asks_value),
    (2, Wild::counters_value),
    (4, Wild::agrees_value),
    (12, Wild::offers),
    (12, Wild::needs),
    (4, Wild::withdraws),
    (7, Wild::brings_thing),
    (26, Wild::would_take),
    (2, Wild::withdraws_thing),
    (2, Wild::refuses_partners),
    (10, Wild::proposes_contract),
    (24, Wild::accepts_contract),
    (2, Wild::declines_contract),
    (2, Wild::ends_contract),
    (6, Wild::already_done),
    (2, Wild::arranges),
    (1, Wild::comments),
    (24, Wild::delivers),
    (9, Wild::signs_receipt),
    (20, Wild::accepts_delivery),
    (8, Wild::corrects),
    (1, Wild::opens_round),
];

const COMMONS: &[(u64, Thought)] = &[
    (1, Wild::opens_common),
    (12, Wild::subscribes),
    (1, Wild::unsubscribes),
    (14, Wild::contributes),
    (4, Wild::receipts_contribution),
    (20, Wild::accepts_contribution),
    (8, Wild::rejects_contribution),
    (8, Wild::corrects_contribution),
];

const RESOURCES: &[(u64, Thought)] = &[
    (4, Wild::rejects_delivery),
    (2, Wild::registers),
    (10, Wild::claims),
    (2, Wild::releases_claim),
    (2, Wild::reports_use),
    (2, Wild::declares_makeup),
    (3, Wild::settles),
    (20, Wild::writes_option),
    (10, Wild::weighs),
    (60, Wild::disputes),
];

const DECISIONS: &[(u64, Thought)] = &[
    (3, Wild::sets_method),
    (9, Wild::signs_recall),
    (4, Wild::lays_down),
    (3, Wild::forms_circle),
    (4, Wild::joins_circle),
    (2, Wild::leaves_circle),
    (5, Wild::posts),
    (2, Wild::opens_lot),
    (26, Wild::commits_number),
    (26, Wild::opens_number),
    (5, Wild::proposes),
    (8, Wild::votes),
    (2, Wild::withdraws_proposal),
    (6, Wild::counts_room),
    (4, Wild::seals),
    (1, Wild::discusses),
    (2, Wild::accepts_pact),
];

/// Somebody who does whatever comes to mind: mostly what makes sense, often what does not, in
/// every kind of act and of every member.
#[derive(Debug, Clone)]
pub struct Wild {
    /// Where it all comes from.
    pub chance: Chance,
    /// Which of the rooms it is most about.
    about: usize,
    /// Whether three units do nearly everything, and the others sleep.
    few: bool,
}

impl Wild {
    /// The acts of a seed.
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let about = usize::try_from(chance.next() % 5).unwrap_or_default();
        let few = chance.percent(7);
        Self { chance, about, few }
    }

    /// The next entry: time passes, and somebody does something.
    pub fn next(&mut self, scene: &mut Scene) -> Entry {
        if scene.federation.id().is_none() {
            return self.founds(scene);
        }
        self.time_passes(scene);
        let idea = self.idea(scene);
        let signer = self.signer(scene, idea.unit);
        let on_behalf = self.on_behalf(scene, idea.unit, signer);
        let mut entry = scene.entry(signer, idea.act);
        entry.statement.person = on_behalf;
        self.date(&scene.federation, &mut entry);
        self.spoil(scene, &mut entry);
        entry
    }

    /// Little or much; much more seldom while a poll takes votes, so that they come together.
    fn time_passes(&mut self, scene: &mut Scene) {
        let mut proposals = scene.federation.proposals();
        let votes = proposals.any(|(_, row)| row.course == Course::Voting);
        let seconds = match self.chance.within(0, 99) {
            0..70 => self.chance.within(0, 600),
            70..92 => self.chance.within(600, 20_000),
            92.. if votes && self.chance.percent(60) => self.chance.within(600, 20_000),
            92..99 => self.chance.within(20_000, 300_000),
            _ => self.chance.within(300_000, 9_000_000),
        };
        scene.now = scene.now.plus_seconds(seconds);
    }

    /// Statements come in a little late, some from an outbox, and some from a clock that is ahead.
    fn date(&mut self, federation: &Federation, entry: &mut Entry) {
        let others_are_on_time = federation.newest_date().plus_seconds(500) > entry.time;
        let late = match self.chance.within(0, 19) {
            0 if others_are_on_time => self.chance.within(0, 1_000_000),
            1..5 => self.chance.within(0, 500),
            5 if self.chance.percent(30) => -self.chance.within(0, 5_000_000),
            _ => 0,
        };
        entry.statement.time = entry.statement.time.plus_seconds(-late);
    }

    fn idea(&mut self, scene: &Scene) -> Idea {
        let federation = &scene.federation;
        let old = federation.size() > OLD;
        for _ in 0..6 {
            let idea = match self.chance.within(0, 99) {
                0..12 => self.next_of_the_round(federation),
                12..20 => self.signs_row(federation),
                20..32 => self.signs_too(federation),
                32..42 => self.votes(federation),
                42..49 => self.next_of_a_conflict(federation),
                49..55 if old => self.proposes(federation),
                55..62 if old => self.votes(federation),
                _ => self.thought()(self, federation),
            };
            if let Some(idea) = idea {
                return idea;
            }
        }
        Idea { unit: None, act: Act::AttestTime {} }
    }

    /// Half of what is done belongs to the room that this sequence is about.
    fn thought(&mut self) -> Thought {
        let rooms = match self.chance.percent(50) {
            true => ROOMS.get(self.about).map_or(&ROOMS[..], std::slice::from_ref),
            false => &ROOMS[..],
        };
        let thoughts = || rooms.iter().copied().flatten();
        let total: u64 = thoughts().map(|(weight, _)| weight).sum();
        let mut place = self.chance.next() % total;
        for &(weight, thought) in thoughts() {
            if place < weight {
                return thought;
            }
            place -= weight;
        }
        Self::attests
    }

    /// What the round waits for.
    fn next_of_the_round(&mut self, federation: &Federation) -> Option<Idea> {
        let unit = self.unit(federation)?;
        let last = federation.rounds().next_back();
        let Some((id, round)) = last.filter(|(_, round)| round.phase != Phase::Finished) else {
            let early = federation.next_round_due() > Some(federation.testified());
            let idle = federation.standing_wishes(Side::Need).next().is_none();
            return match (early || idle) && self.chance.percent(95) {
                true => None,
                false => self.opens_round(federation),
            };
        };
        let named = federation.round_ref(id)?;
        let testified = federation.testified();
        match round.phase {
            Phase::Solving { .. } => Idea::of(unit, phrases::plan(named)),
            Phase::Open { until } if until > testified => match self.chance.percent(15) {
                true => Idea::of(unit, Act::AttestTime {}),
                false => None,
            },
            Phase::Answering { until, .. }
                if until > testified && !federation.all_answered(id).is_ok_and(|all| all) =>
            {
                match self.chance.percent(80) {
                    true => self.accepts_contract(federation),
                    false => Idea::of(unit, Act::AttestTime {}),
                }
            }
            _ => Idea::of(unit, phrases::close(named)),
        }
    }

    /// A row of the founding list that has not signed.
    fn signs_row(&mut self, federation: &Federation) -> Option<Idea> {
        let listed = federation.units().filter(|(_, unit)| unit.standing == Standing::Listed);
        let listed: Vec<Id<Unit>> = listed.map(|(id, _)| id).collect();
        let unit = self.chance.pick(&listed)?;
        Idea::of(unit, phrases::sign_row(federation.unit_ref(unit)?))
    }

    /// A second signature under something that waits for one.
    fn signs_too(&mut self, federation: &Federation) -> Option<Idea> {
        let waiting = federation.units().flat_map(|(id, _)| {
            federation.waiting_for_signatures(id).map(move |(act, _)| (id, act))
        });
        let of_persons = federation.units().flat_map(|(id, _)| {
            federation.waiting_for_co_members(id).map(move |(_, act, _)| (id, act))
        });
        let waiting: Vec<(Id<Unit>, &Act)> = waiting.chain(of_persons).collect();
        let rooms = waiting.iter().filter(|(_, act)| is_open_room(federation, act));
        let rooms: Vec<(Id<Unit>, &Act)> = rooms.copied().collect();
        let room = self.chance.pick(&rooms).filter(|_| self.chance.percent(80));
        let (unit, act) = room.or_else(|| self.chance.pick(&waiting))?;
        Idea::of(unit, act.clone())
    }

    fn opens_round(&mut self, federation: &Federation) -> Option<Idea> {
        Idea::of(self.unit(federation)?, Act::OpenRound {})
    }

    fn attests(&mut self, federation: &Federation) -> Option<Idea> {
        Idea::of(self.unit(federation)?, Act::AttestTime {})
    }

    /// Any unit, those that are in before others.
    pub(crate) fn unit(&mut self, federation: &Federation) -> Option<Id<Unit>> {
        let any = self.chance.percent(5);
        let units = federation.units().filter(|(_, unit)| any || unit.is_in());
        let units: Vec<Id<Unit>> = units.map(|(id, _)| id).collect();
        self.active(&units)
    }

    /// One of these units, of those who do something.
    pub(crate) fn active(&mut self, units: &[Id<Unit>]) -> Option<Id<Unit>> {
        let few = units.get(..3).filter(|_| self.few && !self.chance.percent(2));
        self.chance.pick(few.unwrap_or(units))
    }

    /// Another unit than this one, nearly always.
    pub(crate) fn other(&mut self, federation: &Federation, than: Id<Unit>) -> Option<Id<Unit>> {
        for _ in 0..4 {
            match self.unit(federation)? {
                unit if unit != than => return Some(unit),
                _ => {}
            }
        }
        self.unit(federation)
    }

    /// A member of the unit; now and then somebody else.
    fn signer(&mut self, scene: &Scene, unit: Option<Id<Unit>>) -> Member {
        let members = match unit.filter(|_| !self.chance.percent(4)) {
            Some(unit) => scene.signers(unit),
            None => Vec::new(),
        };
        self.chance
            .pick(&members)
            .or_else(|| {
                let everybody = scene.federation.persons();
                let everybody: Vec<Id<Person>> = everybody.map(|(id, _)| id).collect();
                scene.with_key(self.chance.pick(&everybody)?)
            })
            .unwrap_or_else(|| crate::member(0))
    }

    /// The signer, or a co-member of theirs without a device.
    fn on_behalf(
        &mut self,
        scene: &Scene,
        unit: Option<Id<Unit>>,
        signer: Member,
    ) -> federation::PersonId {
        let Some(row) = unit.and_then(|id| scene.federation.unit(id).ok()) else {
            return signer.person;
        };
        let share = if self.chance.percent(20) { 60 } else { 2 };
        if !self.chance.percent(share) {
            return signer.person;
        }
        let without = row
            .members
            .iter()
            .filter(|id| !scene.federation.has_key(**id) || self.chance.percent(2));
        let without: Vec<Id<Person>> = without.copied().collect();
        let person = self.chance.pick(&without).and_then(|id| scene.federation.person(id).ok());
        person.map_or(signer.person, |person| person.id)
    }
}

/// Whether an act is a count in a room, of a poll that still takes votes.
fn is_open_room(federation: &Federation, act: &Act) -> bool {
    let Act::CountRoom(count) = act else { return false };
    let row = federation.find_proposal(count.proposal).and_then(|id| federation.proposal(id));
    row.is_ok_and(|row| row.course == Course::Voting)
}
