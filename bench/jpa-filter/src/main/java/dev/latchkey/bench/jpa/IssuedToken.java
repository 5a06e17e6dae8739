package dev.latchkey.bench.jpa;

record IssuedToken(TokenView details, String token) {
}
