use std::borrow::Cow;

/// A field of a form, with what was filled in and what is wrong with it.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: Cow<'static, str>,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) input: Input,
    pub(crate) value: String,
    pub(crate) wrong: String,
    pub(crate) required: bool,
}

/// How a field is filled in.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// Goes along unseen.
    Hidden,
    /// One line.
    Line,
    /// Several lines.
    Area,
    /// Digits, a colon or a point.
    Number,
    /// A date.
    Day,
    /// A time of day.
    Clock,
    /// A passphrase; the field's value is the browser's word for it.
    Secret,
    /// Yes or not.
    Tick,
    /// One of a few, all in sight.
    Radio(Vec<Choice>),
    /// One of many.
    Choice(Vec<Choice>),
}

/// One of those to choose from.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
}

impl Choice {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "numbers and words are handed over as they are"
    )]
    pub(crate) fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into() }
    }
}

impl Field {
    fn new(name: impl Into<Cow<'static, str>>, label: impl Into<String>, input: Input) -> Self {
        let (hint, value, wrong) = (String::new(), String::new(), String::new());
        Self { name: name.into(), label: label.into(), hint, input, value, wrong, required: false }
    }

    pub(crate) fn hidden(name: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name, "", Input::Hidden)
    }

    pub(crate) fn line(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(name, label, Input::Line)
    }

    pub(crate) fn area(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(name, label, Input::Area)
    }

    pub(crate) fn number(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(name, label, Input::Number)
    }

    pub(crate) fn day(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(name, label, Input::Day)
    }

    pub(crate) fn clock(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(name, label, Input::Clock)
    }

    pub(crate) fn secret(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        kind: &str,
    ) -> Self {
        Self { value: kind.to_owned(), ..Self::new(name, label, Input::Secret) }.must()
    }

    pub(crate) fn tick(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(name, label, Input::Tick)
    }

    pub(crate) fn radio(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        let first = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
        Self { value: first, ..Self::new(name, label, Input::Radio(choices)) }
    }

    pub(crate) fn choice(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(name, label, Input::Choice(choices))
    }

    /// Says more about what belongs here.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Begins with a value.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "numbers and words are handed over as they are"
    )]
    pub(crate) fn with(mut self, value: impl ToString) -> Self {
        self.value = value.to_string();
        self
    }

    /// Cannot be left empty.
    #[must_use]
    pub(crate) fn must(mut self) -> Self {
        self.required = true;
        self
    }
}
