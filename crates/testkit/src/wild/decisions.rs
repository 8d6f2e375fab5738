use federation::act::{
    AcceptPact, Audience, BallotAct, Comment, Count, CountRoom, EssentialMark, Propose, Question,
    RoomVotes, SealAct, Threshold, Topic, Vote, WithdrawProposal,
};
use federation::rows::{Course, Enrolled, Proposal, Unit};
use federation::{Act, Federation, Id, Pact, Prose, Time};

use super::Idea;
use crate::{Wild, phrases};

/// The parts that a pact may say, those for another pact without the first.
const PARTS: [Threshold; 3] =
    [Threshold::MoreThanHalf, Threshold::TwoThirds, Threshold::ThreeQuarters];

impl Wild {
    /// Units that have sent somebody before others, so that more comes together.
    pub(super) fn proposes(&mut self, federation: &Federation) -> Option<Idea> {
        let sent: Vec<Id<Unit>> = federation.mandates().map(|(_, row)| row.unit).collect();
        let sent = self.chance.pick(&sent).filter(|_| self.chance.percent(40));
        let unit = sent.or_else(|| self.unit(federation))?;
        let before = self.again(federation, unit);
        let same = before.filter(|_| !self.chance.percent(10));
        let same = same.and_then(|id| federation.proposal(id).ok());
        let (question, options) = if let Some(row) = same {
            (row.question.clone(), row.options.clone())
        } else {
            let question = self.question(federation, unit)?;
            let own = question == Question::Own {};
            let count = if own || self.chance.percent(2) { self.chance.within(0, 4) } else { 0 };
            (question, (0..count).map(|n| phrases::line(&format!("option {n}"))).collect())
        };
        let text = if self.chance.percent(2) { "" } else { "because" };
        let proposed = Propose {
            closes: self.closes(federation, question.audience()),
            question,
            options,
            text: Prose::parse(text).unwrap_or_default(),
            again: before.and_then(|id| federation.proposal_ref(id)),
            circle: self.circle_of(federation, unit),
        };
        Idea::of(unit, Act::Propose(proposed))
    }

    /// Some days from now; now and then the second in which something else ends.
    fn closes(&mut self, federation: &Federation, audience: Audience) -> Time {
        let open = federation.proposals().filter(|(_, row)| row.is_open());
        let ends: Vec<Time> = open.flat_map(|(_, row)| [row.notice_until, row.closes]).collect();
        let days = match audience {
            Audience::Whole => self.chance.within(7, 40),
            Audience::Unit => self.chance.within(2, 12),
        };
        let usual = federation.time().plus_seconds(days * 86_400 + 3600);
        self.chance.pick(&ends).filter(|_| self.chance.percent(15)).unwrap_or(usual)
    }

    fn question(&mut self, federation: &Federation, unit: Id<Unit>) -> Option<Question> {
        let founded = |unit: &Unit| unit.enrolled.is_some_and(|row| row.how == Enrolled::Founding);
        let is_new = |unit: &Unit| unit.is_in() && !founded(unit);
        if federation.units().any(|(_, unit)| is_new(unit)) && self.chance.percent(20) {
            return Some(Question::List(self.list(federation)));
        }
        Some(match self.chance.within(0, 24) {
            18..=20 => self.sends(federation, unit)?,
            21..=23 => self.elects(federation, unit)?,
            0 | 1 => Question::Text {},
            2..=4 => Question::Pact(Box::new(self.other_pact(federation)?)),
            5 => Question::Specification {
                version: federation.version_ref(self.version(federation)?)?,
            },
            6 | 24 => self.another_value(federation)?,
            7 => Question::Order(self.order()),
            8 => Question::Essentials(self.marks(federation)),
            9 => Question::AcceptPact {
                proposal: federation.proposal_ref(federation.pacts().last()?.proposal?)?,
            },
            10..=12 => Question::List(self.list(federation)),
            13 => self.expulsion(federation)?,
            _ => Question::Own {},
        })
    }

    fn marks(&mut self, federation: &Federation) -> Vec<EssentialMark> {
        let count = federation.specifications().len();
        let mut marks = Vec::new();
        for _ in 0..self.chance.within(0, 2) {
            let place = self.chance.place(count);
            let named = federation.specifications().nth(place).map(|(id, _)| id);
            let per_member = phrases::steps(self.chance.within(0, 20).min(4));
            let named = named.and_then(|id| federation.specification_ref(id));
            marks.extend(named.map(|specification| EssentialMark { specification, per_member }));
        }
        marks
    }

    pub(super) fn seals(&mut self, federation: &Federation) -> Option<Idea> {
        let id = self.poll(federation)?;
        let unit = self.voting(federation.proposal(id).ok()?)?;
        Idea::of(unit, Act::Seal(SealAct { proposal: federation.proposal_ref(id)? }))
    }

    pub(super) fn counts_room(&mut self, federation: &Federation) -> Option<Idea> {
        let id = self.poll(federation)?;
        let row = federation.proposal(id).ok()?;
        let unit = self.voting(row)?;
        let voted = |person| {
            let ballots = row.electorate.get(&unit).map(|voting| &voting.ballots);
            ballots.is_some_and(|ballots| ballots.contains_key(person))
        };
        let members = federation.unit(unit).ok()?.members.iter();
        let any = self.chance.percent(5);
        let all = self.chance.percent(60);
        let present = members.filter(|person| any || !voted(person));
        let present = present.filter(|_| all || self.chance.percent(70));
        let present = present.filter_map(|&person| Some(federation.person(person).ok()?.id));
        let present: std::collections::BTreeSet<_> = present.collect();
        let beyond = usize::from(self.chance.percent(5));
        let votes = self.votes_in_room((row, unit), present.len() + beyond);
        let proposal = federation.proposal_ref(id)?;
        Idea::of(unit, Act::CountRoom(CountRoom { proposal, present, votes }))
    }

    /// What so many say at most, some of them the same.
    fn votes_in_room(&mut self, (row, unit): (&Proposal, Id<Unit>), most: usize) -> Vec<RoomVotes> {
        let mut left = i64::try_from(most).unwrap_or(0);
        let mut votes = Vec::new();
        for _ in 0..self.chance.within(1, 3) {
            let count = self.chance.within(0, left);
            left -= count;
            let reason = if self.chance.percent(20) { "it would hurt" } else { "" };
            let (vote, reason) = (self.vote(row, unit), phrases::line(reason));
            votes.push(RoomVotes { vote, reason, count: u32::try_from(count).unwrap_or(0) });
        }
        votes
    }

    pub(super) fn discusses(&mut self, federation: &Federation) -> Option<Idea> {
        let id = self.poll(federation)?;
        let row = federation.proposal(id).ok()?;
        let answers = row.thread.last().map(|said| said.made_by);
        let words = federation::BodyId(crate::digest(b'b', self.chance.next()));
        let on = Topic::Proposal(federation.proposal_ref(id)?);
        Idea::of(self.unit(federation)?, Act::Comment(Comment { on, answers, words }))
    }

    /// The pact in force with one parameter changed, within its bounds nearly always; where a
    /// mandate names a range for one, mostly that one.
    pub(super) fn other_pact(&mut self, federation: &Federation) -> Option<Pact> {
        if self.chance.percent(70)
            && let Some(pact) = self.pact_about_a_range(federation)
        {
            return Some(pact);
        }
        let mut pact = federation.pact()?.clone();
        match self.chance.within(0, 4) {
            0 => pact.notice_days = u16::try_from(self.chance.within(6, 20)).unwrap_or(7),
            1 => {
                let hours = i32::try_from(self.chance.within(1, 100)).unwrap_or(1);
                pact.ceiling_per_member = measure::Hours::whole(hours);
            }
            2 => pact.majority = self.chance.pick(&PARTS)?,
            3 => pact.pact_majority = self.chance.pick(&PARTS[1..])?,
            _ => pact.answer_hours = u32::try_from(self.chance.within(1, 90)).unwrap_or(1),
        }
        Some(pact)
    }

    /// Now and then something that the unit decides, alone or with others, is put forward again.
    fn again(&mut self, federation: &Federation, unit: Id<Unit>) -> Option<Id<Proposal>> {
        if !self.chance.percent(25) {
            return None;
        }
        let any = self.chance.percent(5);
        let own = self.chance.percent(60);
        let fits = |row: &Proposal| {
            let decides = row.unit == unit || !own && row.audience() == Audience::Whole;
            any || !row.is_open() && decides
        };
        let over = federation.proposals().filter(|(_, row)| fits(row));
        let over: Vec<Id<Proposal>> = over.map(|(id, _)| id).collect();
        self.chance.pick(&over)
    }

    /// A proposal that can be voted on, often the one that closes next; now and then any.
    pub(super) fn poll(&mut self, federation: &Federation) -> Option<Id<Proposal>> {
        let mut open = federation.open_proposals();
        let next = open.find(|(_, row)| row.course == Course::Voting);
        if let Some((id, _)) = next.filter(|_| self.chance.percent(40)) {
            return Some(id);
        }
        let any = self.chance.percent(8);
        let open = federation.proposals().filter(|(_, row)| any || row.course == Course::Voting);
        let open: Vec<Id<Proposal>> = open.map(|(id, _)| id).collect();
        self.chance.pick(&open)
    }

    /// A unit that votes on it, and what its row says; mostly one that has not sealed.
    fn voting(&mut self, row: &Proposal) -> Option<Id<Unit>> {
        let any = self.chance.percent(10);
        let silent = self.chance.percent(40);
        let open = row.electorate.iter().filter(|(_, voting)| any || voting.seal.is_none());
        let open = open.filter(|(_, voting)| any || !silent || voting.is_silent());
        let open: Vec<Id<Unit>> = open.map(|(&unit, _)| unit).collect();
        self.active(&open)
    }

    pub(super) fn votes(&mut self, federation: &Federation) -> Option<Idea> {
        let id = self.poll(federation)?;
        let row = federation.proposal(id).ok()?;
        let unit = self.voting(row).or_else(|| self.unit(federation))?;
        let vote = self.vote(row, unit);
        let reason = if self.chance.percent(30) { "it would hurt" } else { "" };
        let (proposal, reason) = (federation.proposal_ref(id)?, phrases::line(reason));
        Idea::of(unit, Act::Ballot(BallotAct { proposal, vote, reason }))
    }

    /// A vote in the form that the unit counts, nearly always.
    fn vote(&mut self, row: &Proposal, unit: Id<Unit>) -> Vote {
        let options = i64::from(row.option_count());
        if self.chance.percent(5) {
            return Vote::Abstain {};
        }
        if matches!(row.question, Question::Delegates(_)) && !self.chance.percent(3) {
            return Vote::Rank(self.preferences(row));
        }
        let count = row.electorate.get(&unit).map(|voting| voting.method.count);
        let count = count.filter(|_| !self.chance.percent(2));
        match count.unwrap_or(Count::Score {}) {
            Count::YesNo { .. } if self.chance.percent(75) => Vote::Choose(0),
            Count::YesNo { .. } => Vote::Choose(self.byte(options)),
            Count::Approval {} => Vote::Approve((0..2).map(|_| self.byte(options - 1)).collect()),
            Count::Score {} => {
                let score = |wild: &mut Self| i8::try_from(wild.chance.within(-2, 2)).unwrap_or(0);
                Vote::Score((0..options).map(|_| score(self)).collect())
            }
            Count::Schulze {} => Vote::Rank((0..options).map(|_| self.byte(options)).collect()),
        }
    }

    fn byte(&mut self, most: i64) -> u8 {
        u8::try_from(self.chance.within(0, most)).unwrap_or(0)
    }

    pub(super) fn withdraws_proposal(&mut self, federation: &Federation) -> Option<Idea> {
        let own = |row: &Proposal| row.is_open();
        let open = federation.proposals().filter(|(_, row)| own(row));
        let open: Vec<(Id<Proposal>, Id<Unit>)> = open.map(|(id, row)| (id, row.unit)).collect();
        let (id, unit) = self.chance.pick(&open)?;
        let proposal = federation.proposal_ref(id)?;
        Idea::of(unit, Act::WithdrawProposal(WithdrawProposal { proposal }))
    }

    pub(super) fn accepts_pact(&mut self, federation: &Federation) -> Option<Idea> {
        let newest = federation.pacts().len() - 1;
        let behind = |unit: &Unit| usize::try_from(unit.pact).is_ok_and(|pact| pact < newest);
        let units = federation.units().filter(|(_, unit)| unit.is_in() && behind(unit));
        let units: Vec<Id<Unit>> = units.map(|(id, _)| id).collect();
        let unit = self.chance.pick(&units).or_else(|| self.unit(federation))?;
        let from: Vec<_> = federation.pacts().iter().filter_map(|row| row.proposal).collect();
        let proposal = match self.chance.percent(95) {
            true => self.chance.pick(&from)?,
            false => self.poll(federation)?,
        };
        let proposal = federation.proposal_ref(proposal)?;
        Idea::of(unit, Act::AcceptPact(AcceptPact { proposal }))
    }
}
