use serde_json::{Value, json};

/// What a piece of JSON looks like. The published document and the check of what comes in are both
/// made from it, so they say the same.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// A whole number within a range.
    Whole { least: i64, most: i64 },
    /// A text of so many letters.
    Text { least: usize, most: usize },
    /// So many lower-case hex digits.
    Hex(usize),
    /// How statements name a thing: the statement that made it, and which row of several.
    Ref,
    /// Yes or no.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// That, or `null`.
    OrNull(&'static Shape),
    /// A list of so many.
    List { of: &'static Shape, least: usize, most: usize },
    /// An object with these fields and no others.
    Object(&'static [Field]),
    /// An object with exactly one of these fields.
    OneOf(&'static [Field]),
    /// A shape that the document describes once, under a name.
    Named(&'static str, &'static Shape),
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) says: &'static str,
    pub(crate) presence: Presence,
}

/// Whether a field can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Must,
    May,
}

impl Field {
    /// A field that must be there.
    pub(crate) const fn must(name: &'static str, shape: Shape, says: &'static str) -> Self {
        Self { name, shape, says, presence: Presence::Must }
    }

    /// A field that can be left out.
    pub(crate) const fn may(name: &'static str, shape: Shape, says: &'static str) -> Self {
        Self { name, shape, says, presence: Presence::May }
    }

    /// Its schema with what it says.
    pub(crate) fn schema(&self) -> Value {
        let mut schema = self.shape.schema();
        if let (Some(object), false) = (schema.as_object_mut(), self.says.is_empty()) {
            object.insert("description".to_owned(), self.says.into());
        }
        schema
    }
}

/// The largest integer that JSON carries exactly.
pub(crate) const MOST: i64 = 9_007_199_254_740_991;

impl Shape {
    /// Nought or more.
    pub(crate) const COUNT: Self = Self::Whole { least: 0, most: MOST };
    /// Seconds on either side of nought.
    pub(crate) const SECONDS: Self = Self::Whole { least: -MOST, most: MOST };
    /// A moment in seconds since 1970.
    pub(crate) const TIME: Self = Self::COUNT;
    /// The number of a thing in the record's order.
    pub(crate) const NUMBER: Self = Self::Whole { least: 0, most: 4_294_967_295 };
    /// Any text that the node writes.
    pub(crate) const WORDS: Self = Self::Text { least: 0, most: usize::MAX };

    /// Its JSON Schema, as OpenAPI 3.1 has it.
    pub(crate) fn schema(&self) -> Value {
        match self {
            Self::Whole { least, most } => {
                json!({ "type": "integer", "minimum": least, "maximum": most })
            }
            Self::Text { least, most } => text(*least, *most),
            Self::Hex(digits) => {
                json!({ "type": "string", "pattern": format!("^[0-9a-f]{{{digits}}}$") })
            }
            Self::Ref => {
                json!({ "type": "string", "pattern": "^[0-9a-f]{64}(\\.[1-9][0-9]{0,8})?$" })
            }
            Self::Flag => json!({ "type": "boolean" }),
            Self::Word(words) => json!({ "type": "string", "enum": words }),
            Self::OrNull(shape) => json!({ "anyOf": [shape.schema(), { "type": "null" }] }),
            Self::List { of, least, most } => list(of, *least, *most),
            Self::Object(fields) => object(fields),
            Self::OneOf(fields) => {
                let one = |field: &Field| object(&[Field { presence: Presence::Must, ..*field }]);
                json!({ "oneOf": fields.iter().map(one).collect::<Vec<_>>() })
            }
            Self::Named(name, _) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        }
    }

    /// The named shapes in it, those within them included.
    pub(crate) fn names(&self, found: &mut Vec<(&'static str, &'static Shape)>) {
        match self {
            Self::OrNull(shape) | Self::List { of: shape, .. } => shape.names(found),
            Self::Object(fields) | Self::OneOf(fields) => {
                fields.iter().for_each(|field| field.shape.names(found));
            }
            Self::Named(name, shape) if !found.iter().any(|(known, _)| known == name) => {
                found.push((name, shape));
                shape.names(found);
            }
            _ => {}
        }
    }
}

fn text(least: usize, most: usize) -> Value {
    let mut schema = json!({ "type": "string" });
    if least > 0 {
        schema["minLength"] = least.into();
    }
    if most < usize::MAX {
        schema["maxLength"] = most.into();
    }
    schema
}

fn list(of: &Shape, least: usize, most: usize) -> Value {
    let mut schema = json!({ "type": "array", "items": of.schema() });
    if least > 0 {
        schema["minItems"] = least.into();
    }
    if most < usize::MAX {
        schema["maxItems"] = most.into();
    }
    schema
}

/// The schema of an object with these fields.
pub(crate) fn object(fields: &[Field]) -> Value {
    let properties: serde_json::Map<_, _> =
        fields.iter().map(|field| (field.name.to_owned(), field.schema())).collect();
    let must = fields.iter().filter(|field| field.presence == Presence::Must);
    let required: Vec<_> = must.map(|field| field.name).collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}
