package dev.rapport.mining.text;

import dev.rapport.mining.ExamplesTest;

/** Every public type of this module has a runnable example too. */
class TextExamplesTest extends ExamplesTest {}
