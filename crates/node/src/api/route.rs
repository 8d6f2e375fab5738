use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value;

use super::answer::{Answer, Unanswered};
use super::asked::Asked;
use super::shape::{Field, Shape};

/// One thing that programs can ask for, or do.
///
/// The router and the document are both made from it.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// Its address below `/api/v1`, with the names of its parts in braces.
    pub(crate) path: String,
    /// Its name, unlike any other's.
    pub(crate) id: String,
    pub(crate) room: &'static str,
    pub(crate) says: String,
    pub(crate) who: Who,
    pub(crate) query: Vec<Field>,
    pub(crate) takes: Option<Takes>,
    pub(crate) gives: Gives,
    pub(crate) does: Does,
}

/// How it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Delete,
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// Anybody.
    Anybody,
    /// Whoever may read the federation's record: anybody where it is public, else members.
    Readers,
    /// Whoever is signed in at this node.
    SignedIn,
    /// Members of the federation who are signed in.
    Members,
}

/// What comes along.
pub(crate) struct Takes {
    pub(crate) shape: Shape,
    pub(crate) bytes_max: usize,
}

/// What is given back.
pub(crate) enum Gives {
    /// With 200, JSON of this schema.
    Found(Value),
    /// With 201, JSON of this schema.
    Made(Value),
    /// With 201 what was made, or with 200 and a dry run what would be.
    MadeOrJudged(Value, Value),
    /// With 200, a table as CSV.
    Spreadsheet,
    /// With 204, nothing.
    Nothing,
}

/// An answer that comes later.
pub(crate) type Coming = Pin<Box<dyn Future<Output = Result<Answer, Unanswered>> + Send>>;

/// Something that is done on a thread that may wait.
pub(crate) type Work = dyn Fn(&Asked) -> Result<Answer, Unanswered> + Send + Sync;

/// How it is done.
#[derive(Clone)]
pub(crate) enum Does {
    /// On a thread that may wait for a disk.
    Now(Arc<Work>),
    /// Without holding a thread.
    Later(fn(Asked) -> Coming),
}

impl Route {
    /// A question.
    pub(crate) fn get(
        path: &str,
        id: &str,
        says: &str,
        answer: impl Fn(&Asked) -> Result<Answer, Unanswered> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Method::Get, path, id, says, Does::Now(Arc::new(answer)))
    }

    /// Something to be done on a thread that may wait.
    pub(crate) fn post(
        path: &str,
        id: &str,
        says: &str,
        answer: impl Fn(&Asked) -> Result<Answer, Unanswered> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Method::Post, path, id, says, Does::Now(Arc::new(answer)))
    }

    pub(crate) fn new(method: Method, path: &str, id: &str, says: &str, does: Does) -> Self {
        Self {
            method,
            path: path.to_owned(),
            id: id.to_owned(),
            room: "node",
            says: says.to_owned(),
            who: Who::Anybody,
            query: Vec::new(),
            takes: None,
            gives: Gives::Nothing,
            does,
        }
    }

    /// In which room of the document it stands.
    pub(crate) fn in_room(self, room: &'static str) -> Self {
        Self { room, ..self }
    }

    /// Who may ask it.
    pub(crate) fn by(self, who: Who) -> Self {
        Self { who, ..self }
    }

    /// What it can be asked by.
    pub(crate) fn query(self, query: Vec<Field>) -> Self {
        Self { query, ..self }
    }

    /// What comes along, up to 64 KiB of it.
    pub(crate) fn takes(self, shape: Shape) -> Self {
        self.takes_up_to(shape, 64 * 1024)
    }

    /// What comes along, and how much of it at most.
    pub(crate) fn takes_up_to(self, shape: Shape, bytes_max: usize) -> Self {
        Self { takes: Some(Takes { shape, bytes_max }), ..self }
    }

    /// What is given back.
    pub(crate) fn gives(self, gives: Gives) -> Self {
        Self { gives, ..self }
    }

    /// Whether it looks at a passphrase, which is made to take time.
    pub(crate) fn is_slow(&self) -> bool {
        let of = self.takes.as_ref().map(|takes| &takes.shape);
        let Some(Shape::Object(fields)) = of else { return false };
        fields.iter().any(|field| field.name == "passphrase")
    }

    /// The names of the parts of its address.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        let parts = self.path.split('/');
        parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

impl Method {
    /// As the document writes it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Delete => "delete",
        }
    }
}
