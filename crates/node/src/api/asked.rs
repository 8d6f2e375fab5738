use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use federation::rows::Person;
use federation::{Id, Reading};
use serde_json::Value;

use super::answer::Unanswered;
use super::challenge::Challenges;
use super::route::{Route, Who};
use super::shape_check::check;
use super::table::{Sees, View, Wanted};
use crate::{Failed, Hosted, Node, Seat, Session};

/// What a program asks: the parts of the address, the query, what came along, and who asks.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) node: Arc<Node>,
    pub(crate) challenges: Arc<Challenges>,
    pub(crate) path: BTreeMap<String, String>,
    pub(crate) query: BTreeMap<String, Value>,
    pub(crate) body: Value,
    pub(crate) session: Option<Session>,
}

/// How many rows a page has at most.
pub(crate) const ROWS_MAX: usize = 1000;

/// How many rows a page has if nothing is said.
const ROWS: usize = 100;

impl Asked {
    /// A part of the address.
    pub(crate) fn part(&self, name: &str) -> &str {
        self.path.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A part of the address that is a thing's number.
    pub(crate) fn number(&self, name: &str) -> Result<u32, Unanswered> {
        let part = self.part(name);
        let plain = part.len() <= 10 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| plain).ok_or_else(|| {
            Failed::missing(format!("`{part}` is no number; things are counted from 1")).into()
        })
    }

    /// A text field of what came along; empty if it was left out.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.body.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether the query says yes.
    pub(crate) fn says_yes(&self, name: &str) -> bool {
        self.query.get(name) == Some(&Value::Bool(true))
    }

    /// The federation that the address names.
    pub(crate) fn hosted(&self) -> Result<Arc<Hosted>, Failed> {
        self.node.find(self.part("federation"))
    }

    /// Who asks, in the federation that the address names.
    pub(crate) fn seat(&self) -> Result<Option<Seat>, Failed> {
        let (Some(session), hosted) = (&self.session, self.hosted()?) else { return Ok(None) };
        let federation = hosted.id();
        let person = self.node.keys().seat_in(session.reader, federation)?;
        Ok(person.map(|person| Seat { federation, person }))
    }

    /// Who asks, as the record of the federation knows them.
    pub(crate) fn person(&self) -> Result<Option<Id<Person>>, Failed> {
        match self.seat()? {
            Some(seat) => self.hosted()?.read(|state| state.person_by_id(seat.person)),
            None => Ok(None),
        }
    }

    /// The seat of a member; [`Asked::check`] has made sure that there is one.
    pub(crate) fn member(&self) -> Result<Seat, Unanswered> {
        self.seat()?.ok_or_else(|| self.not_a_member())
    }

    /// The session of whoever is signed in.
    pub(crate) fn session(&self) -> Result<&Session, Unanswered> {
        self.session.as_ref().ok_or_else(not_signed_in)
    }

    /// The federation as whoever asks may look at it.
    pub(crate) fn view(&self) -> Result<View, Unanswered> {
        let sees = if self.person()?.is_some() { Sees::Persons } else { Sees::Record };
        Ok(View { hosted: self.hosted()?, now: self.node.clock().now(), sees })
    }

    /// Which rows of a table are asked for.
    pub(crate) fn wanted(&self) -> Wanted {
        let number = |name: &str| self.query.get(name).and_then(Value::as_u64);
        let limit = number("limit").and_then(|limit| usize::try_from(limit).ok());
        Wanted {
            from: number("from").unwrap_or_default(),
            limit: limit.unwrap_or(ROWS),
            unit: number("unit").and_then(|unit| u32::try_from(unit).ok()).map(Id::new),
            called: self.query.get("called").and_then(Value::as_str).map(str::to_owned),
            open: self.says_yes("open"),
        }
    }

    /// Refused unless whoever asks may, and what came along is of its shape.
    pub(crate) fn check(&self, route: &Route) -> Result<(), Unanswered> {
        self.check_who(route.who)?;
        match &route.takes {
            Some(takes) => check(&takes.shape, &self.body)
                .map_err(|wrong| Unanswered::misshapen(wrong.to_string())),
            None => Ok(()),
        }
    }

    fn check_who(&self, who: Who) -> Result<(), Unanswered> {
        let may = match who {
            Who::Anybody => true,
            Who::SignedIn => self.session.is_some(),
            Who::Members => self.session.is_some() && self.person()?.is_some(),
            Who::Readers => {
                let reading = self.hosted()?.read(federation::Federation::reading)?;
                reading == Reading::Public || self.person()?.is_some()
            }
        };
        if may { Ok(()) } else { Err(self.not_a_member()) }
    }

    /// Who is not signed in can sign in; who is and is no member cannot see this.
    fn not_a_member(&self) -> Unanswered {
        match self.session {
            None => not_signed_in(),
            Some(_) => Unanswered::new(
                StatusCode::FORBIDDEN,
                "not-a-member",
                "only members of this federation see and do this; open your invite link, or join",
            ),
        }
    }
}

/// What somebody without a session is told.
pub(crate) fn not_signed_in() -> Unanswered {
    Unanswered::new(
        StatusCode::UNAUTHORIZED,
        "not-signed-in",
        "this needs a session; sign in at `/api/v1/sessions` and send its token as \
         `Authorization: Bearer …`",
    )
}
