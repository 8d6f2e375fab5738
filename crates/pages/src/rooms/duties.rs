use federation::rows::{
    Conflict, Contribution, Course, Drawing, Lot, LotName, LotStage, Mandate, Person, Proposal,
    Stage, Unit,
};
use federation::{Days, Federation, Id, Line, Time};
use node::words::{
    conflict_sentence, contribution_sentence, lot_name_words, question_words, recovery_words,
    unit_name,
};

use crate::button::Button;
use crate::here::Here;
use crate::rooms::me::{sign_button, signs};
use crate::rooms::waiting::Waiting;

/// How long before its end a mandate is told of, and how long a draw or an election is after it.
const SOON: Days = Days(14);
const LATELY: Days = Days(7);

/// How long ago a lot was asked for that is told of when it is drawn.
const LOT_LASTS: Days = Days(60);

/// Who reads, and for which unit.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) here: &'a Here,
    pub(super) federation: &'a Federation,
    pub(super) person: Id<Person>,
    pub(super) unit: Id<Unit>,
}

/// What of government waits for the reader: votes, what they were drawn for, options to weigh,
/// recalls, mandates that end, new keys.
pub(super) fn duties(reader: Reader<'_>) -> Vec<Waiting> {
    let federation = reader.federation;
    let mut list = Vec::new();
    list.extend(federation.recoveries().filter_map(|row| reader.recovery(row)));
    list.extend(federation.open_proposals().filter_map(|row| reader.vote(row)));
    list.extend(federation.open_proposals().filter_map(|row| reader.expulsion(row)));
    list.extend(federation.open_conflicts().filter_map(|row| reader.conflict(row)));
    list.extend(federation.open_contributions().filter_map(|row| reader.contribution(row)));
    let given = || federation.mandates_by(reader.unit);
    list.extend(given().filter_map(|row| reader.recall(row)));
    list.extend(given().filter_map(|row| reader.mandate(row)));
    let old = |row: &Lot| row.since.plus_days(LOT_LASTS) < reader.now();
    let lots = federation.lots().rev().take_while(|(_, row)| !old(row));
    list.extend(lots.filter_map(|row| reader.lot(row)));
    list
}

impl Reader<'_> {
    fn item(self, says: String, link: &str, buttons: Vec<Button>) -> Waiting {
        Waiting::new(says, format!("{}{link}", self.here.base), buttons)
    }

    fn now(self) -> Time {
        self.federation.testified()
    }

    /// A new key that is to replace the reader's, or that they can sign for somebody.
    fn recovery(self, row: &federation::rows::Recovery) -> Option<Waiting> {
        let key = row.key.key.to_string();
        let how = recovery_words(row);
        if row.person == self.person {
            let says = format!("A new key is to replace all yours: {how}. Did you ask for it?");
            let veto = Button::ask("veto-recovery", "No: say no to it").main().with("key", key);
            let vetoed = matches!(row.waiting, federation::rows::Waiting::SecondPetition { .. });
            return Some(self.item(says, "/me", if vetoed { vec![] } else { vec![veto] }));
        }
        let who = self.here.called(self.federation, row.person);
        let says = format!("{who} has lost their keys, and you are a helper: {how}.");
        let sign = vec![sign_button(self.federation, row)];
        signs(row, self.person).then(|| self.item(says, "/me", sign))
    }

    /// A poll in which the reader has not voted.
    fn vote(self, (id, row): (Id<Proposal>, &Proposal)) -> Option<Waiting> {
        if row.course != Course::Voting {
            return None;
        }
        let unit = self.federation.votes_in(id, self.person)?;
        let voting = row.electorate.get(&unit)?;
        let room = voting.room.as_ref().filter(|room| room.stands);
        let said = voting.ballots.contains_key(&self.person)
            || room.is_some_and(|room| room.present.contains(&self.person));
        if said || voting.seal.is_some() {
            return None;
        }
        let about = question_words(self.federation, &row.question);
        let says = format!("You can vote on proposal {id}, {about}, until {} UTC.", row.closes);
        Some(self.item(says, &format!("/decisions/{id}"), Vec::new()))
    }

    /// An expulsion of the reader's own unit that is not decided yet.
    fn expulsion(self, (id, row): (Id<Proposal>, &Proposal)) -> Option<Waiting> {
        let federation::act::Question::Expel { unit, .. } = &row.question else { return None };
        let own = self.federation.find_unit(*unit) == Ok(self.unit) && row.is_open();
        let says = format!(
            "Proposal {id} is to expel your unit. You can answer there; voting begins after {} UTC.",
            row.notice_until
        );
        own.then(|| self.item(says, &format!("/decisions/{id}"), Vec::new()))
    }

    fn conflict(self, (id, row): (Id<Conflict>, &Conflict)) -> Option<Waiting> {
        let drawn =
            row.mediators.iter().any(|one| (one.person, one.unit) == (self.person, self.unit));
        let party = row.parties.contains(&self.unit);
        if !drawn && !party {
            return None;
        }
        let link = format!("/conflicts/{id}");
        let about = conflict_sentence(self.federation, id);
        match row.stage {
            Stage::Mediation { until } if drawn => {
                let says = format!(
                    "You were drawn as a mediator: write options for {about}, until {until} UTC."
                );
                let write = Button::ask("write-option", "Write an option").with("conflict", id);
                Some(self.item(says, &link, vec![write.main()]))
            }
            Stage::Weighing { until } if party && !row.weighed.contains_key(&self.person) => {
                let says = format!("Weigh the options for {about}, until {until} UTC.");
                let weigh = Button::ask("weigh-options", "Weigh them").with("conflict", id);
                Some(self.item(says, &link, vec![weigh.main()]))
            }
            _ if party && row.is_open() => self.text(row, &about, &link),
            _ => None,
        }
    }

    /// A text that other parties have signed and the reader's unit has not.
    fn text(self, row: &Conflict, about: &str, link: &str) -> Option<Waiting> {
        let (_, signed) = row.texts.iter().find(|(_, signed)| !signed.contains(&self.unit))?;
        let names = signed.iter().map(|&unit| unit_name(self.federation, unit));
        let names = names.collect::<Vec<_>>().join(", ");
        let says = format!("{names} signed a text to settle {about}. Your unit can sign the same.");
        Some(self.item(says, link, Vec::new()))
    }

    /// What the reader was drawn to accept for all who carry a common.
    fn contribution(self, (id, row): (Id<Contribution>, &Contribution)) -> Option<Waiting> {
        if !row.asked.iter().any(|one| one.person == self.person && !one.accepted) {
            return None;
        }
        let with = |button: Button| button.with("contribution", id);
        let says = format!(
            "You were drawn to accept what came to a common: {}. Look at it, and answer within three \
             days.",
            contribution_sentence(self.federation, row)
        );
        let buttons = vec![
            with(Button::now("accept-contribution", "Accept it")),
            with(Button::ask("reject-contribution", "Reject it by a clause")),
        ];
        Some(self.item(says, &format!("/commons/{}", row.common), buttons))
    }

    /// A petition that others of the unit have signed. Nobody has to.
    fn recall(self, (id, row): (Id<Mandate>, &Mandate)) -> Option<Waiting> {
        let begun = row.unit == self.unit && row.holds(self.now()) && !row.signed.is_empty();
        let says = format!(
            "{} of {} have signed to recall {}, sent on {}. You can sign, and need not.",
            row.signed.len(),
            row.needed,
            self.here.called(self.federation, row.delegate),
            row.terms.matter
        );
        let recall = Button::ask("recall", "Look at it").with("mandate", id);
        (begun && !row.signed.contains(&self.person))
            .then(|| self.item(says, &format!("/delegates/{id}"), vec![recall]))
    }

    /// A mandate of the reader's own that has just begun, or ends soon.
    fn mandate(self, (id, row): (Id<Mandate>, &Mandate)) -> Option<Waiting> {
        if row.delegate != self.person || !row.holds(self.now()) {
            return None;
        }
        let (unit, matter) = (unit_name(self.federation, row.unit), &row.terms.matter);
        let until = row.terms.until;
        let says = if until <= self.now().plus_days(SOON) {
            format!(
                "Your mandate on {matter} ends on {until} UTC. {unit} may want to send somebody."
            )
        } else if row.since.plus_days(LATELY) >= self.now() {
            format!("{unit} sends you on {matter}, until {until} UTC.")
        } else {
            return None;
        };
        Some(self.item(says, &format!("/delegates/{id}"), Vec::new()))
    }

    /// A lot that the reader asked for, or that has drawn them or their unit.
    fn lot(self, (id, row): (Id<Lot>, &Lot)) -> Option<Waiting> {
        let LotStage::Drawn { at, .. } = row.stage else { return None };
        let Drawing::Names { by, about, names, .. } = &row.drawing else { return None };
        if at.plus_days(LATELY) < self.now() {
            return None;
        }
        let drawn = row.names_drawn();
        let drawn: Vec<&Line> = drawn.into_iter().filter_map(|place| names.get(place)).collect();
        let mut whom = drawn.iter().map(|name| self.federation.lot_name(name));
        let mine = whom.find_map(|whom| match whom {
            LotName::Person(person) if person == self.person => Some("You were"),
            LotName::Unit(unit) if unit == self.unit => Some("Your unit was"),
            _ => None,
        });
        let called = |person| self.here.called(self.federation, person);
        let named = |name| lot_name_words(self.federation, &called, name);
        let all = drawn.into_iter().map(named).collect::<Vec<_>>().join(", ");
        let about = if about.as_str().is_empty() { String::new() } else { format!(", {about}") };
        let says = match (mine, *by == self.person) {
            (Some(mine), _) => format!("{mine} drawn in public lot {id}{about}: {all}."),
            (None, true) => format!("The public lot you asked for is drawn{about}: {all}."),
            (None, false) => return None,
        };
        Some(self.item(says, "/lots", Vec::new()))
    }
}
