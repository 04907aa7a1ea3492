"""What the press room costs, measured beside other generators on the same stories. Apart from the engine: nothing here makes a page of a site."""
