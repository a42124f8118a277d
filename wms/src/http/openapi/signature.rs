//! What a handler's signature says: each part of the request that it takes, and what it gives.

use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::Sse;
use schemars::JsonSchema;
use serde_json::{Value, json};

use super::document::Schemas;
use crate::http::{Fault, Json, Path, Query, SignedIn};

/// An operation while its signature is read.
pub struct Draft<'a> {
    schemas: &'a mut Schemas,
    /// Parameters, as the document lists them.
    pub parameters: Vec<Value>,
    /// Schema of the body.
    pub body: Option<Value>,
    /// Media type and schema of what is answered.
    pub answer: (&'static str, Value),
    /// Refusals that follow from what is taken: status, and when.
    pub refused: Vec<(u16, &'static str)>,
}

impl<'a> Draft<'a> {
    /// Nothing read yet.
    pub fn new(schemas: &'a mut Schemas) -> Self {
        Self {
            schemas,
            parameters: Vec::new(),
            body: None,
            answer: ("text/plain", json!({ "type": "string" })),
            refused: Vec::new(),
        }
    }

    /// Each field of a type is a parameter.
    fn parameters<T: JsonSchema>(&mut self, place: &str) {
        let schema = self.schemas.taken_inline::<T>();
        let required = |name: &str| {
            let names = schema["required"].as_array();
            names.is_some_and(|names| names.iter().any(|given| given == name))
        };
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let mut field = field.clone();
            let description = field.as_object_mut().and_then(|field| field.remove("description"));
            self.parameters.push(json!({
                "name": name,
                "in": place,
                "required": required(name),
                "description": description,
                "schema": field,
            }));
        }
        if !self.refused.iter().any(|(status, _)| *status == 400) {
            self.refused.push((400, "A parameter can't be read, or is no good."));
        }
    }
}

/// A part of a request.
pub trait Takes {
    /// Says so in the draft.
    fn describe(draft: &mut Draft<'_>);
}

/// What is answered.
pub trait Gives {
    /// Says so in the draft.
    fn describe(draft: &mut Draft<'_>);
}

/// A handler whose signature is read; `T` is the same as of axum's `Handler`.
pub trait Described<T> {
    /// Says all of it in the draft.
    fn describe(draft: &mut Draft<'_>);
}

macro_rules! described {
    ($($part:ident),*) => {
        impl<F, Fut, M, R, $($part),*> Described<(M, $($part,)*)> for F
        where
            F: Fn($($part),*) -> Fut,
            Fut: Future<Output = R>,
            R: Gives,
            $($part: Takes,)*
        {
            fn describe(draft: &mut Draft<'_>) {
                $($part::describe(draft);)*
                R::describe(draft);
            }
        }
    };
}

described!(A);
described!(A, B);
described!(A, B, C);
described!(A, B, C, D);
described!(A, B, C, D, E);

/// Parts that come from the server, or with the session.
macro_rules! of_our_own {
    ($($part:ty),*) => {
        $(impl Takes for $part {
            fn describe(_: &mut Draft<'_>) {}
        })*
    };
}

of_our_own!(SignedIn, HeaderMap);

impl<T> Takes for State<T> {
    fn describe(_: &mut Draft<'_>) {}
}

impl<T> Takes for Extension<T> {
    fn describe(_: &mut Draft<'_>) {}
}

impl<T: JsonSchema> Takes for Path<T> {
    fn describe(draft: &mut Draft<'_>) {
        draft.parameters::<T>("path");
    }
}

impl<T: JsonSchema> Takes for Query<T> {
    fn describe(draft: &mut Draft<'_>) {
        draft.parameters::<T>("query");
    }
}

impl<T: JsonSchema> Takes for Json<T> {
    fn describe(draft: &mut Draft<'_>) {
        draft.body = Some(draft.schemas.taken::<T>());
        draft.refused.extend([
            (400, "The body is not JSON."),
            (413, "The body is longer than 2 MB."),
            (415, "The body is not sent as `application/json`."),
            (422, "The body is JSON, but not of this form."),
        ]);
    }
}

impl<T: JsonSchema> Gives for Json<T> {
    fn describe(draft: &mut Draft<'_>) {
        draft.answer = ("application/json", draft.schemas.given::<T>());
    }
}

impl<S> Gives for Sse<S> {
    fn describe(draft: &mut Draft<'_>) {
        draft.answer = ("text/event-stream", json!({ "type": "string" }));
    }
}

impl<R: Gives> Gives for Result<R, Fault> {
    fn describe(draft: &mut Draft<'_>) {
        R::describe(draft);
    }
}
