/** An application that finds glands; it sees of Semi-MoE what the inference jar offers. */
package com.example;
