package dev.latchkey.bench.jpa;

import java.util.List;

record NewToken(String name, List<String> scopes) {
}
