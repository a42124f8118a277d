//! The whole document, from the route table.

use std::collections::BTreeSet;
use std::sync::Arc;

use schemars::generate::{Contract, SchemaSettings};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::http::{FaultJson, Route, SESSION_COOKIE};

/// Its title.
pub const TITLE: &str = "仓训 Cangxun WMS";

/// What stands at its beginning.
const ABOUT: &str = include_str!("about.md");

/// What is said of the session.
const SESSION: &str = "The cookie that `POST /sign-in` sets. Under an operation's `security` stand the roles, any one of \
                       which is enough: `student`, `instructor`, `technician`.";

/// The document, ready to be served.
#[derive(Clone, Debug)]
pub struct Document(pub Arc<Value>);

/// Shapes of JSON, gathered while operations are read. A type may be read in one way and written in another (a field
/// with a default may be left out, but is always given), so there are two generators.
pub struct Schemas {
    taken: SchemaGenerator,
    given: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        let generator = |contract| {
            let mut settings = SchemaSettings::draft2020_12();
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
            settings.contract = contract;
            settings.into_generator()
        };
        Self {
            taken: generator(Contract::Deserialize),
            given: generator(Contract::Serialize),
        }
    }
}

impl Schemas {
    /// A type that is read.
    pub fn taken<T: JsonSchema>(&mut self) -> Value {
        self.taken.subschema_for::<T>().to_value()
    }

    /// A type that is read, not by reference.
    pub fn taken_inline<T: JsonSchema>(&mut self) -> Value {
        T::json_schema(&mut self.taken).to_value()
    }

    /// A type that is written.
    pub fn given<T: JsonSchema>(&mut self) -> Value {
        self.given.subschema_for::<T>().to_value()
    }

    /// What is told where something goes wrong.
    pub fn fault(&mut self) -> Value {
        self.given::<FaultJson>()
    }

    /// All types that have a name. One that is read in another way than it is written stands twice, and what is sent
    /// leads to `Sent…`.
    fn named(mut self, paths: &mut Map<String, Value>) -> Map<String, Value> {
        let mut named = self.given.take_definitions(true);
        let mut taken = self.taken.take_definitions(true);
        let mut twofold: BTreeSet<String> = BTreeSet::new();
        loop {
            let differs = |(name, schema): &(&String, &Value)| {
                let other = named.get(*name).is_some_and(|given| given != *schema);
                // The same words, but they lead to something else.
                let leads = named.contains_key(*name) && twofold.iter().any(|other| refers(schema, other));
                !twofold.contains(*name) && (other || leads)
            };
            let more: Vec<String> = taken.iter().filter(differs).map(|(name, _)| name.clone()).collect();
            if more.is_empty() {
                break;
            }
            twofold.extend(more);
        }
        for name in &twofold {
            let bodies = paths
                .values_mut()
                .filter_map(Value::as_object_mut)
                .flat_map(|methods| methods.values_mut())
                .filter_map(|operation| operation.get_mut("requestBody"));
            bodies
                .chain(taken.values_mut())
                .for_each(|schema| redirect(schema, name));
        }
        for (name, schema) in taken {
            let name = if twofold.contains(&name) {
                format!("Sent{name}")
            } else {
                name
            };
            named.insert(name, schema);
        }
        named
    }
}

fn reference(name: &str) -> Value {
    format!("#/components/schemas/{name}").into()
}

/// Whether a schema refers to a named one.
fn refers(schema: &Value, name: &str) -> bool {
    match schema {
        Value::Object(fields) => {
            fields.get("$ref") == Some(&reference(name)) || fields.values().any(|inner| refers(inner, name))
        }
        Value::Array(items) => items.iter().any(|inner| refers(inner, name)),
        _ => false,
    }
}

/// Lets all references to a named schema lead to what is sent.
fn redirect(schema: &mut Value, name: &str) {
    match schema {
        Value::Object(fields) => {
            if fields.get("$ref") == Some(&reference(name)) {
                fields.insert("$ref".into(), reference(&format!("Sent{name}")));
            }
            fields.values_mut().for_each(|inner| redirect(inner, name));
        }
        Value::Array(items) => items.iter_mut().for_each(|inner| redirect(inner, name)),
        _ => {}
    }
}

/// The document of these routes.
pub fn document(table: &[Route]) -> Value {
    let mut schemas = Schemas::default();
    let mut paths = Map::new();
    for route in table {
        let Some(operation) = &route.operation else { continue };
        let entry = operation.entry(route, &mut schemas);
        let methods = paths.entry(route.path).or_insert_with(|| json!({}));
        methods[route.method.as_str().to_lowercase()] = entry;
    }
    let named = schemas.named(&mut paths);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The warehouse management system of a training floor: runs, acts, events, proofs.",
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{ "url": "/", "description": "This WMS" }],
        "paths": paths,
        "components": {
            "schemas": named,
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": SESSION_COOKIE, "description": SESSION },
            },
        },
    })
}
